import { useTranslation } from "react-i18next";
import type { MomentLink, SearchHit } from "../../ipc";
import { DoubtNote, doubtful } from "../../parts/DoubtNote";
import { Marked } from "../../parts/Marked";
import { VoiceLabel } from "../../parts/VoiceLabel";
import { useTurnsWords } from "../../seat/place";
import { clock } from "../../text/format";
import css from "./Hit.module.css";

/** `silent`: there is nothing to play of it yet. */
type Props = { hit: SearchHit; looked: string; silent: boolean };

/** Where in its call it is. */
function Where({ at, isWhole }: { at: MomentLink; isWhole: boolean }) {
  const { t: common } = useTranslation();
  const turnsWords = useTurnsWords();
  const sound = at.start_ms === null ? isWhole && common("placeWhole") : clock(at.start_ms);
  const where = at.turns ? turnsWords(at.turns) : sound;
  return where ? <span className="figures faint small">{where}</span> : null;
}

/** The number of the issue it is, or belongs to. */
function numberOf({ target }: SearchHit): number | null {
  if (target.kind === "issue") return target.number;
  return target.kind === "record" && target.of.kind === "issue" ? target.of.number : null;
}

/** One thing that was found. */
export function Hit({ hit, looked, silent }: Props) {
  const { t } = useTranslation("search");
  const { t: common } = useTranslation();
  const { target } = hit;
  const number = numberOf(hit);
  const said = target.kind === "segment" ? target : null;
  const head = (
    <span className={css.title}>
      {number === null ? null : <span className="figures faint">{number}</span>}
      <span>
        <Marked text={hit.title} looked={looked} />
      </span>
      {"at" in target ? <Where at={target.at} isWhole={target.kind === "observation"} /> : null}
      {said?.doubtful ? <DoubtNote hint={t("doubtHint")} /> : null}
      {silent ? <span className="faint small">{common("noSoundYet")}</span> : null}
      {target.kind === "tag" && target.retired ? <span className="faint small">{t("retired")}</span> : null}
    </span>
  );
  const words = hit.excerpt ? (
    <span className={css.excerpt}>
      {said ? <VoiceLabel role={said.role} /> : null}
      <span {...(said?.doubtful ? doubtful : {})}>
        <Marked text={hit.excerpt} looked={looked} />
      </span>
    </span>
  ) : null;
  // What was said comes before where it was said.
  return "at" in target || target.kind === "record" ? (
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
