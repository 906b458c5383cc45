import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ExportFormat, ExportResult } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Menu, MenuItem } from "../../parts/Menu";
import type { Why } from "../../records/withheld";

const formats: ExportFormat[] = ["csv", "md", "json"];

export const useExport = () =>
  useMutation({
    mutationFn: async (format: ExportFormat): Promise<ExportResult | null> => {
      const to = await ipc.pickExportPath(format);
      return to === null ? null : ipc.exportFindings({ format, to });
    },
  });

type Props = { onPick: (format: ExportFormat) => void; busy: boolean; why: Why };

/** Findings leave as a table, a text, or everything for machines. */
export function ExportMenu({ onPick, busy, why }: Props) {
  const { t } = useTranslation("issues");
  return (
    <Menu
      align="end"
      trigger={
        <Button icon="export" why={why} disabled={busy}>
          {t(busy ? "export.running" : "export.title")}
        </Button>
      }
    >
      {formats.map((format) => (
        <MenuItem key={format} icon={format === "csv" ? "table" : "file"} onSelect={() => onPick(format)}>
          {t(`export.${format}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
