import { useTranslation } from "react-i18next";
import type { IssueView, Stage } from "../../ipc";
import { stages } from "../../ipc/generated/issues";
import { day } from "../../text/format";
import { ageDays, stageOf } from "../../things/issue/lifecycle";
import { useLife } from "../../things/issue/useLife";
import { enteredAt } from "./history";
import css from "./Stages.module.css";

/** The four stages, with when each was entered and by whom. */
export function Stages({ view }: { view: IssueView }) {
  const { t } = useTranslation("issues");
  const life = useLife();
  const { issue, stage: current } = view.row;
  const at = stages.indexOf(current);
  const verified = issue.status === "verified_closed";
  const note = (stage: Stage, i: number): string => {
    const entered =
      enteredAt(view.history, issue.id, (s) => stageOf(s) === stage) ??
      (stage === "sense" ? { at: issue.created_at, author: "" } : null);
    if (i > at) return "";
    if (i === at) {
      const since = enteredAt(view.history, issue.id, (s) => s === issue.status)?.at ?? issue.created_at;
      return t("page.stageNow", { status: life.status(issue.status), count: ageDays(since, Date.now()) + 1 });
    }
    return entered ? t("page.stagePassed", { day: day(entered.at), author: entered.author }) : "";
  };
  return (
    <ol className={css.stages} aria-label={t("page.stageTrack")}>
      {stages.map((stage, i) => {
        const look = verified
          ? "verified"
          : issue.status === "reopened" && i === at
            ? "reopened"
            : i < at
              ? "passed"
              : i === at
                ? "now"
                : undefined;
        return (
          <li key={stage} data-look={look} aria-current={i === at ? "step" : undefined}>
            <b>{life.stage(stage)}</b>
            <span title={note(stage, i)}>{note(stage, i)}</span>
          </li>
        );
      })}
    </ol>
  );
}
