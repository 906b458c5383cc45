import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Axis, ObservationKind, ObservationView } from "../../../ipc";
import { stageOf } from "../../../ipc/generated/issues";
import { isComposing, keyName } from "../../../keys/chord";
import { useActions } from "../../../keys/useActions";
import { Button } from "../../../parts/Button";
import { PinFace, pinLook } from "../../../parts/MarkPin";
import { Seg } from "../../../parts/Seg";
import { StageTrack } from "../../../parts/StageTrack";
import { WithheldFields } from "../../../parts/WithheldFields";
import { wordKey } from "../../../parts/words";
import { useWithheld } from "../../../records/withheld";
import { markPlace } from "../../../seat/place";
import { useNote } from "../../../things/mark/useNote";
import { copyLink } from "../copyLink";
import { patch, remove } from "../marks";
import { useConsole } from "../store";
import { openFiling } from "../useConsoleKeys";
import css from "./Composer.module.css";
import { FileIssue } from "./FileIssue";
import { HeardIn } from "./HeardIn";
import { PlaceFields } from "./PlaceFields";
import { Severity } from "./Severity";
import { TagKeypad } from "./TagKeypad";

const kinds: ObservationKind[] = ["problem", "highlight", "quote", "question", "suggestion"];
const axes: Axis[] = ["reason", "feeling"];

/** The active observation: what it is, what was heard, how heavy, and where it goes. */
export function Composer({ view, number }: { view: ObservationView; number: number }) {
  const { t } = useTranslation("console");
  const { t: common } = useTranslation();
  const { observation: o, issues } = view;
  const filing = useConsole((s) => s.filing);
  // The host knows it from its first revision on; until then it is one's own.
  const why = useWithheld("observation", o.rev > 0 ? o.id : null);
  const whyEdit = why("observation.edit");
  const whyFile = useWithheld()("issue.create");
  const openRange = useConsole((s) => s.openRangeId === o.id);
  const set = (fields: Parameters<typeof patch>[1]) => void patch(o.id, fields).catch(() => undefined);
  return (
    <section
      className={`${css.composer} scroll`}
      aria-label={t("composer", { number })}
      data-filing={filing !== null || undefined}
    >
      <div className="row">
        <span {...pinLook({ kind: o.kind, active: true })} aria-hidden="true">
          <PinFace kind={o.kind} number={number} />
        </span>
        <WithheldFields quiet why={whyEdit}>
          <PlaceFields observation={o} />
        </WithheldFields>
        <span className={`${css.lag} label cut`} role="status">
          {openRange
            ? t("rangeOpen")
            : o.anchor === "sound" && o.lag_ms > 0
              ? t("lagTaken", { seconds: Number((o.lag_ms / 1000).toFixed(1)) })
              : ""}
        </span>
        <span className="grow" />
        <Button
          size="small"
          tone="ghost"
          icon="link"
          label={common("copyLink")}
          onClick={() => copyLink(o.case_id, markPlace(o))}
        />
        <Button
          size="small"
          tone="ghost"
          icon="trash"
          why={why("observation.delete")}
          label={t("deleteMark")}
          action="mark.remove"
          onClick={() => void remove(o.id)}
        />
      </div>
      <WithheldFields why={whyEdit}>
        <Seg
          small
          className={css.kinds}
          label={t("kind")}
          value={o.kind}
          options={kinds.map((value) => ({ value, label: common(wordKey("kind", value)) }))}
          onChange={(kind) => set({ kind })}
        />
        <Note view={view} />
        <TagKeypad chosen={o.tags} onChange={(tags) => set({ tags })} />
      </WithheldFields>
      <div className={`${css.weight} row`}>
        <WithheldFields quiet why={whyEdit}>
          <Seg
            small
            label={t("axis")}
            value={o.axis}
            options={axes.map((value) => ({
              value,
              label: common(wordKey("axis", value)),
              icon: value === "reason" ? ("scale" as const) : ("heart" as const),
            }))}
            onChange={(axis) => set({ axis })}
          />
          <span className="grow" />
          <Severity value={o.severity} onChange={(severity) => set({ severity })} />
        </WithheldFields>
        {filing === null && (
          <Button
            size="small"
            tone={issues.length === 0 ? "primary" : undefined}
            icon="issue"
            why={whyFile}
            action="mark.file"
            data-testid="file-issue"
            onClick={openFiling}
          >
            {t("fileIssue")}
          </Button>
        )}
      </div>
      {(issues.length > 0 || o.session_id) && (
        <div className={css.places}>
          {issues.map((issue) => (
            <Link key={issue.id} href={`/issue/${issue.id}`} className={css.place} data-testid="filed-issue">
              <b className="figures">{issue.number}</b>
              <span className="cut grow">{issue.title}</span>
              <StageTrack stage={stageOf[issue.status]} status={issue.status} />
            </Link>
          ))}
          {o.session_id && <HeardIn sessionId={o.session_id} />}
        </div>
      )}
      {filing && <FileIssue key={filing.join()} observationIds={filing} active={view} />}
    </section>
  );
}

/** The person's words. Saved while they write, and with Ctrl+Enter, which gives the keys back to the player. */
function Note({ view }: { view: ObservationView }) {
  const { t } = useTranslation("console");
  const field = useRef<HTMLTextAreaElement>(null);
  const wanted = useConsole((s) => s.noteWanted);
  const [seen] = useState(wanted);
  const { text, setText, save, state } = useNote(view.observation, patch);
  useActions({
    "text.save": (event) => {
      if (event.target !== field.current) return false;
      save();
      field.current?.blur();
    },
  });
  useEffect(() => {
    if (wanted !== seen) field.current?.focus();
  }, [wanted, seen]);
  return (
    <div className={css.note}>
      <textarea
        ref={field}
        className={`${css.field} input`}
        rows={2}
        data-testid="composer-note"
        aria-label={t("note")}
        placeholder={
          view.observation.quote
            ? t("notePlaceholderQuote", { text: view.observation.quote.slice(0, 60) })
            : t("notePlaceholder")
        }
        value={text}
        onChange={(e) => setText(e.target.value)}
        onBlur={save}
        onKeyDown={(e) => {
          if (!isComposing(e.nativeEvent) && keyName(e) === "Escape") {
            e.preventDefault();
            field.current?.blur();
          }
        }}
      />
      <span className={`${css.saved} label`} role="status">
        {state === "failed" ? t("noteFailed") : state === "saved" ? t("noteSaved") : ""}
      </span>
    </div>
  );
}
