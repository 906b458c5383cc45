import { useTranslation } from "react-i18next";
import { clock } from "../../app/format";
import { useTurnsWords } from "../../app/place";
import type { SearchHit } from "../../ipc";
import { DoubtNote } from "../../parts/DoubtNote";
import { Marked } from "../../parts/Marked";
import { VoiceLabel } from "../../parts/VoiceLabel";

/** `silent`: there is nothing to play of it yet. */
type Props = { hit: SearchHit; looked: string; silent: boolean };

/** Where in its call it is. */
function Where({ hit: { scope, start_ms, turns } }: { hit: SearchHit }) {
  const { t: common } = useTranslation();
  const turnsWords = useTurnsWords();
  const isWhole = scope === "observation" && start_ms === null && !turns;
  const where = turns
    ? turnsWords(turns)
    : start_ms === null
      ? isWhole && common("placeWhole")
      : clock(start_ms);
  return where ? <span className="num mute t12">{where}</span> : null;
}

/** One thing that was found. */
export function Hit({ hit, looked, silent }: Props) {
  const { t } = useTranslation("search");
  const { t: common } = useTranslation();
  const { scope } = hit;
  const head = (
    <span className="sh-t">
      {scope === "issue" || (scope === "record" && hit.issue_number !== null) ? (
        <span className="num mute">{hit.issue_number}</span>
      ) : null}
      <span>
        <Marked text={hit.title} looked={looked} />
      </span>
      <Where hit={hit} />
      {hit.doubtful ? <DoubtNote hint={t("doubtHint")} /> : null}
      {silent ? <span className="mute t12">{common("noSoundYet")}</span> : null}
      {scope === "observation" && hit.issue_number !== null ? (
        <span className="mute t12">{t("filedUnder", { number: hit.issue_number })}</span>
      ) : null}
    </span>
  );
  const words = hit.excerpt ? (
    <span className="sh-x">
      {hit.role ? <VoiceLabel role={hit.role} /> : null}
      <span className={hit.doubtful ? "low" : undefined}>
        <Marked text={hit.excerpt} looked={looked} />
      </span>
    </span>
  ) : null;
  // What was said comes before where it was said.
  return scope === "segment" || scope === "observation" || scope === "record" ? (
    <>
      {words}
      {head}
    </>
  ) : (
    <>
      {head}
      {words}
    </>
  );
}
