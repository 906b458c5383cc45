import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ExportFormat, ExportResult } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Menu, MenuItem } from "../../parts/Menu";
import { Notice } from "../../parts/Notice";
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

/** Says where the findings went. */
export function Exported({ result, onClose }: { result: ExportResult; onClose: () => void }) {
  const { t } = useTranslation("issues");
  const { t: common } = useTranslation();
  return (
    <Notice tone="ok" role="status">
      <span className="grow">
        {t("export.done", { observations: result.observations, issues: result.issues })}{" "}
        <code className="path">{result.path}</code>
      </span>
      <Button size="small" onClick={() => void ipc.copyText(result.path)}>
        {t("export.copyPath")}
      </Button>
      <Button size="small" tone="ghost" icon="x" label={common("close")} onClick={onClose} />
    </Notice>
  );
}
