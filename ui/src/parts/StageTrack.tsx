import { useTranslation } from "react-i18next";
import type { IssueStatus, Stage } from "../ipc";
import { stages } from "../ipc/generated/issues";
import css from "./StageTrack.module.css";
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
  const look = status === "verified_closed" ? "verified" : status === "reopened" ? "reopened" : undefined;
  return (
    <span className={css.said} data-part="stage-track">
      <span className={css.track} data-look={look} aria-hidden="true">
        {stages.map((s, i) => (
          <i key={s} data-at={i < at ? "passed" : i === at ? "here" : undefined} />
        ))}
      </span>
      {!wordless && <span>{t(wordKey("status", status))}</span>}
    </span>
  );
}
