import { useTranslation } from "react-i18next";
import type { IssueRow } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { NoSoundYet } from "../../../parts/NoSoundYet";
import { PlayButton } from "../../../parts/PlayButton";
import { Sep } from "../../../parts/SectionHead";
import { wordKey } from "../../../parts/words";
import { transport, usePlayer } from "../../../player/clock";
import { useSoundless } from "../../../things/live/soundless";
import css from "./SimilarIssueRow.module.css";

type Props = { row: IssueRow; first: boolean; busy: boolean; onAttach: () => void };

/** An issue that may be the same: hear its evidence here, and put this one with it. */
export function SimilarIssueRow({ row, first, busy, onAttach }: Props) {
  const { t } = useTranslation("console");
  const { t: common } = useTranslation();
  const { issue, first_evidence: clip } = row;
  const playing = usePlayer(
    (p) =>
      p.playing &&
      p.clip !== null &&
      p.recording_id === clip?.recording_id &&
      p.clip.start_ms === clip?.start_ms &&
      p.clip.end_ms === clip?.end_ms,
  );
  const silent = useSoundless()(clip?.recording_id);
  const play = () => {
    if (!clip) return;
    if (playing) void transport.pause();
    else void transport.clip(clip.recording_id, clip.start_ms, clip.end_ms);
  };
  return (
    <div className={css.alike} data-testid="similar-issue">
      {silent ? (
        <NoSoundYet />
      ) : (
        <PlayButton
          size="small"
          playing={playing}
          disabled={!clip}
          label={t("hearEvidence", { number: issue.number })}
          onClick={play}
        />
      )}
      <div className="grow">
        <div className={`${css.title} cut`} title={issue.title}>
          <b className="figures">{issue.number}</b> {issue.title}
        </div>
        <div className={css.reach}>
          {common(wordKey("status", issue.status))}
          <Sep />
          {t("reach", {
            cases: t("of.cases", { ns: "issues", count: row.case_count }),
            customers: t("of.customers", { ns: "issues", count: row.customer_count }),
          })}
        </div>
      </div>
      <Button size="small" tone={first ? "primary" : undefined} disabled={busy} onClick={onAttach}>
        {t("attach")}
      </Button>
    </div>
  );
}
