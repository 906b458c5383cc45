import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { asNote, ipc, type ObservationView } from "../../../ipc";
import type { ActionId } from "../../../keys/actions";
import { useChordLabel, useChordLabels } from "../../../keys/labels";
import { Button, buttonLook, Withheld } from "../../../parts/Button";
import { Kbd } from "../../../parts/Kbd";
import { Sep } from "../../../parts/SectionHead";
import { qk } from "../../../records/queries";
import { undoLast } from "../../../records/undo";
import { useWithheld } from "../../../records/withheld";
import { clock } from "../../../text/format";
import { useKeyTags } from "../../../things/mark/tags";
import { useObservations } from "../../../things/mark/useObservations";
import { markAt, momentOf, newestOf, report, strokeTag, useDesk, write } from "../marks";
import css from "./MarkBar.module.css";
import { Writing } from "./Writing";

type Props = { caseId: string; className?: string | undefined };

/** The one big button, the tags under their keys, and what can be done with the mark just made. */
export const MarkBar = memo(function MarkBar({ caseId, className }: Props) {
  const { t } = useTranslation("live");
  const marks = useObservations(caseId);
  const activeId = useDesk((s) => s.activeId);
  const writing = useDesk((s) => s.writing);
  const chosen = marks.find((v) => v.observation.id === activeId);
  const active = chosen ?? newestOf(marks);
  const number = active ? marks.indexOf(active) + 1 : 0;
  return (
    <section
      className={className ? `${css.foot} ${className}` : css.foot}
      aria-label={t("marking")}
      data-region
    >
      {writing && active && <Writing key={active.observation.id} view={active} number={number} />}
      <div className={css.row}>
        <Tags chosen={chosen?.observation.tags ?? []} />
        <BigMark />
        <Last view={active} />
      </div>
    </section>
  );
});

function BigMark() {
  const { t } = useTranslation("live");
  const chord = useChordLabel("mark.add");
  const { data: settings } = useQuery({ queryKey: qk.settings, queryFn: ipc.getSettings });
  const lag = (settings?.mark_lag_ms ?? 0) / 1000;
  const why = useWithheld()("observation.mark");
  const button = (
    <button
      type="button"
      className={css.big}
      aria-keyshortcuts={chord?.aria}
      data-testid="mark-button"
      onClick={(e) => markAt(e)}
    >
      <b>{t("mark")}</b>
      <span>
        {lag > 0 ? t("lagTaken", { seconds: Number(lag.toFixed(1)) }) : t("noLag")}
        {chord && (
          <>
            <Sep />
            {chord.text}
          </>
        )}
      </span>
    </button>
  );
  return (
    <Withheld why={why} label={t("mark")} chord={chord?.text}>
      {button}
    </Withheld>
  );
}

function Tags({ chosen }: { chosen: readonly string[] }) {
  const { t } = useTranslation("live");
  const chord = useChordLabels();
  const tags = useKeyTags().slice(0, 9);
  return (
    <div className={css.tags} role="group" aria-label={t("tagsOf")}>
      {tags.map((tag, i) => {
        const key = chord(`mark.tag${i + 1}` as ActionId);
        return (
          <button
            key={tag.id}
            type="button"
            {...buttonLook({ size: "small", className: css.tag })}
            title={tag.definition ? `${tag.name}\n${tag.definition}` : tag.name}
            aria-pressed={chosen.includes(tag.id)}
            aria-keyshortcuts={key?.aria}
            data-testid={`tag-key-${i + 1}`}
            onClick={(e) => strokeTag(e, tag.id, { add: e.shiftKey, note: e.altKey })}
          >
            {key && <Kbd>{key.text}</Kbd>}
            <span className="cut">{tag.name}</span>
          </button>
        );
      })}
    </div>
  );
}

function Last({ view }: { view: ObservationView | undefined }) {
  const { t } = useTranslation("live");
  const why = useWithheld()("observation.mark");
  return (
    <div className={css.last}>
      <span className="label" role="status">
        {view ? t("justMarked", { time: clock(momentOf(view)) }) : t("nothingYet")}
      </span>
      <div className={css.ways}>
        <Button
          size="small"
          icon="note"
          action="live.note"
          label={t("writeHint")}
          disabled={!view}
          data-testid="live-write"
          onClick={write}
        >
          {t("write")}
        </Button>
        <Button
          size="small"
          icon="undo"
          action="app.undo"
          label={t("takeBackHint")}
          disabled={!view}
          data-testid="live-undo"
          onClick={() => void undoLast().catch((thrown) => report(asNote(thrown)))}
        >
          {t("takeBack")}
        </Button>
        <Button
          size="small"
          icon="quote"
          action="mark.quote"
          showKey
          why={why}
          label={t("quoteHint")}
          data-testid="live-quote"
          onClick={(e) => markAt(e, { kind: "quote" })}
        >
          {t("kindQuote", { ns: "common" })}
        </Button>
      </div>
    </div>
  );
}
