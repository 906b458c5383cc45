import { useTranslation } from "react-i18next";
import type { IssueStatus, Stage } from "../ipc";
import { stages } from "../ipc/generated/issues";
import { wordKey } from "./words";

/** Four steps and the word: filled = passed, tall = current, green = verified, hatched = came back. */
export function StageTrack({
  stage,
  status,
  wordless,
}: {
  stage: Stage;
  status: IssueStatus;
  wordless?: boolean;
}) {
  const { t } = useTranslation();
  const at = stages.indexOf(stage);
  const look = status === "verified_closed" ? "v" : status === "reopened" ? "r" : "";
  return (
    <span className="stage-word">
      <span className={`stage ${look}`} aria-hidden="true">
        {stages.map((s, i) => (
          <i key={s} className={i < at ? "d" : i === at ? "n" : ""} />
        ))}
      </span>
      {!wordless && <span>{t(wordKey("status", status))}</span>}
    </span>
  );
}
