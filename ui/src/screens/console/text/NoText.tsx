import { useTranslation } from "react-i18next";
import type { CaseView, TranscriptState } from "../../../ipc";
import { EmptyState } from "../../../parts/states";
import { TextJob } from "../TextJob";

/** No words yet: under way, failed, or not asked for. The call can be heard and marked all the same. */
export function NoText({ view, state }: { view: CaseView; state: TranscriptState }) {
  const { t } = useTranslation("console");
  const under = state === "running" || state === "queued";
  const title = under ? t("textComing") : state === "done" ? t("textSilent") : t("textMissing");
  return (
    <EmptyState title={title} hint={t(state === "done" ? "textSilentHint" : "textMissingHint")}>
      {/* Under way the head of the case shows how far it is. */}
      {!under && state !== "done" && <TextJob view={view} again />}
    </EmptyState>
  );
}
