import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ipc, type LiveLane, type LiveSettings, type ErrorNote as Note, onEvent } from "../../ipc";
import { isComposing, isModifier, keyName } from "../../keys/chord";
import { Button, buttonLook } from "../../parts/Button";
import { Kbd } from "../../parts/Kbd";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { ErrorNote } from "../../parts/states";
import { VoiceLabel } from "../../parts/VoiceLabel";
import { WithheldFields } from "../../parts/WithheldFields";
import { wordKey } from "../../parts/words";
import { qk } from "../../records/queries";
import { useSettings } from "../../records/useSettings";
import { useWithheld } from "../../records/withheld";
import { globalChord } from "./globalChord";
import pieces from "./pieces.module.css";

/** Listening to calls as they happen: a key for other programs, the model for drafts, what is remembered. */
export function Live() {
  const { t } = useTranslation("settings");
  const { settings, save, error } = useSettings();
  const why = useWithheld()("device.settings");
  if (!settings) return <Problem error={error} />;
  const { live } = settings;
  const set = (change: Partial<LiveSettings>) => void save({ live: { ...live, ...change } });
  return (
    <section aria-label={t("tab.live")}>
      <SectionHead title={t("tab.live")} note={t("live.note")} />
      <Problem error={error} />
      <WithheldFields why={why}>
        <dl className={pieces.facts}>
          <dt>{t("live.key")}</dt>
          <dd>
            <MarkKey chord={live.global_mark_key} onChange={(global_mark_key) => set({ global_mark_key })} />
          </dd>
          <dt>
            <label htmlFor="draft-model">{t("live.draft")}</label>
          </dt>
          <dd>
            <DraftModel chosen={live.draft_model} onChange={(draft_model) => set({ draft_model })} />
          </dd>
          <dt>
            <label htmlFor="ask-after">{t("live.ask")}</label>
          </dt>
          <dd>
            <AskAfter hours={live.ask_after_hours} onChange={(ask_after_hours) => set({ ask_after_hours })} />
          </dd>
        </dl>
        <Remembered live={live} onChange={set} />
      </WithheldFields>
    </section>
  );
}

type KeyProps = { chord: string | null; onChange: (chord: string | null) => void };

/** The chord that marks while another program is in front. Nothing is taken from the system until one is chosen. */
function MarkKey({ chord, onChange }: KeyProps) {
  const { t } = useTranslation("settings");
  const [waiting, setWaiting] = useState(false);
  const [wrong, setWrong] = useState(false);
  const refused = useRefused(chord);
  const take = (e: ReactKeyboardEvent) => {
    const event = e.nativeEvent;
    if (event.key === "Tab" || isModifier(event) || isComposing(event)) return;
    e.preventDefault();
    e.stopPropagation();
    if (keyName(event) === "Escape") return setWaiting(false);
    if (keyName(event) === "Backspace") {
      setWaiting(false);
      return onChange(null);
    }
    const pressed = globalChord(event);
    setWrong(pressed === null);
    if (pressed === null) return;
    setWaiting(false);
    onChange(pressed);
  };
  return (
    <>
      <span className="row">
        <button
          type="button"
          {...buttonLook()}
          data-testid="global-mark-key"
          aria-pressed={waiting}
          title={t("live.keyChange")}
          onClick={() => {
            setWrong(false);
            setWaiting(!waiting);
          }}
          onKeyDown={(e) => waiting && take(e)}
          onBlur={() => setWaiting(false)}
        >
          <span className="unseen">{t("live.keyChange")}</span>
          {waiting ? (
            t("live.keyPress")
          ) : chord === null ? (
            t("live.keyOff")
          ) : (
            <Kbd>{chord.replaceAll("+", " ")}</Kbd>
          )}
        </button>
        {chord !== null && !waiting && (
          <Button
            size="small"
            tone="ghost"
            icon="x"
            label={t("live.keyRemove")}
            onClick={() => onChange(null)}
          >
            {t("live.keyNone")}
          </Button>
        )}
      </span>
      {wrong && (
        <span className="is-bad small" role="alert">
          {t("live.keyWrong")}
        </span>
      )}
      {refused && <ErrorNote note={refused} />}
      <span className="faint small">{t("live.keyHint")}</span>
    </>
  );
}

/** The system's no to a chord comes when it is asked for it, which may be later. */
function useRefused(chord: string | null): Note | null {
  const [note, setNote] = useState<Note | null>(null);
  useEffect(
    () =>
      onEvent((event) => {
        if (event.type === "notice" && event.note.code === "live.key_refused") setNote(event.note);
      }),
    [],
  );
  return note && note.args.key === chord ? note : null;
}

type DraftProps = { chosen: string | null; onChange: (model: string | null) => void };

/** The model for the text that appears while somebody speaks. */
function DraftModel({ chosen, onChange }: DraftProps) {
  const { t } = useTranslation("settings");
  const { data, error } = useQuery({ queryKey: qk.models, queryFn: ipc.listModels });
  const installed = (data ?? []).filter((m) => m.state === "installed");
  const gone = chosen !== null && data !== undefined && !installed.some((m) => m.id === chosen);
  return (
    <>
      <select
        id="draft-model"
        className="drop-down"
        data-testid="draft-model"
        value={chosen ?? ""}
        onChange={(e) => onChange(e.target.value || null)}
      >
        <option value="">{t("live.draftAuto")}</option>
        {installed.map((m) => (
          <option key={m.id} value={m.id}>
            {m.name}
          </option>
        ))}
        {gone && <option value={chosen}>{t("live.draftGone", { name: chosen })}</option>}
      </select>
      <Problem error={error} />
      <span className="faint small">{t("live.draftHint")}</span>
    </>
  );
}

type AskProps = { hours: number; onChange: (hours: number) => void };

const ASK_AFTER = [1, 2, 4, 8, 12];

/** After how many hours without a voice or a mark a call asks whether anybody is still there. */
function AskAfter({ hours, onChange }: AskProps) {
  const { t } = useTranslation("settings");
  const offered = ASK_AFTER.includes(hours) || hours === 0 ? ASK_AFTER : [hours, ...ASK_AFTER];
  return (
    <>
      <select
        id="ask-after"
        className="drop-down"
        data-testid="ask-after"
        value={hours}
        onChange={(e) => onChange(Number(e.target.value))}
      >
        {offered.map((count) => (
          <option key={count} value={count}>
            {t("live.askHours", { count })}
          </option>
        ))}
        <option value={0}>{t("live.askNever")}</option>
      </select>
      <span className="faint small">{t("live.askHint")}</span>
    </>
  );
}

type RememberedProps = { live: LiveSettings; onChange: (change: Partial<LiveSettings>) => void };

const laneKey = (lane: LiveLane): string => `${lane.source}/${lane.side}/${lane.role}`;

/** What the next call begins with. */
function Remembered({ live, onChange }: RememberedProps) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  return (
    <>
      <SectionHead level={3} title={t("live.sources")} note={t("live.sourcesNote")}>
        {live.lanes.length > 0 && (
          <Button size="small" data-testid="live-forget" onClick={() => onChange({ lanes: [] })}>
            {t("live.forget")}
          </Button>
        )}
      </SectionHead>
      {live.lanes.length === 0 ? (
        <p className="faint pad">{t("live.sourcesNone")}</p>
      ) : (
        <ul className={pieces.list}>
          {live.lanes.map((lane) => (
            <li key={laneKey(lane)} className="row" data-testid="live-source">
              <VoiceLabel role={lane.role} />
              <bdi className="grow">{lane.name}</bdi>
              {lane.side !== "whole" && <span className="faint">{t(`live.side_${lane.side}`)}</span>}
            </li>
          ))}
        </ul>
      )}
      {live.mode && (
        <p className="row small">
          <span className="faint">{t("live.lastMode")}</span>
          {common(wordKey("mode", live.mode))}
        </p>
      )}
    </>
  );
}
