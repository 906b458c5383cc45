import { useTranslation } from "react-i18next";
import type { DeviceInfo } from "../../ipc";
import { dateTimeText } from "../../text/format";
import { shownPath } from "../../text/path";
import { bytesText, fileName } from "../../things/case/import/plan";

type Fact =
  | "id"
  | "since"
  | "version"
  | "cores"
  | "memory"
  | "free"
  | "data"
  | "models"
  | "workspace"
  | "system"
  | "output"
  | "input"
  | "played";

/** A fact as it is read here, and as it is copied where that is less. */
type Told = { fact: Fact; shown: string; copied?: string; isPath?: boolean };

/** What is told of an installation, in order. Of a folder its own name is copied, never the way to it. */
export function useDeviceFacts(info: DeviceInfo | undefined): Told[] | null {
  const { t } = useTranslation("settings");
  if (!info) return null;
  const { sound } = info;
  const folder = (fact: Fact, path: string): Told => ({
    fact,
    shown: shownPath(path),
    copied: fileName(path),
    isPath: true,
  });
  return [
    { fact: "id", shown: info.id },
    { fact: "since", shown: info.since === null ? t("device.notKept") : dateTimeText(info.since) },
    { fact: "version", shown: info.version },
    { fact: "cores", shown: t("device.coreCount", { count: info.cores }) },
    {
      fact: "memory",
      shown: info.memory_bytes === null ? t("device.unknown") : bytesText(info.memory_bytes),
    },
    { fact: "free", shown: bytesText(info.free_bytes) },
    info.data_folder === null
      ? { fact: "data", shown: t("device.notKept") }
      : folder("data", info.data_folder),
    folder("models", info.models_folder),
    folder("workspace", info.workspace),
    { fact: "system", shown: sound.system ?? t("device.noSystem") },
    { fact: "output", shown: sound.output ?? t("device.noOutput") },
    { fact: "input", shown: sound.input ?? t("device.noInput") },
    { fact: "played", shown: sound.played ?? t("device.noPlayed") },
  ];
}
