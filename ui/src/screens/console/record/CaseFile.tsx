import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clock, dateTimeText, parseDateTime } from "../../../app/format";
import { qk } from "../../../app/queries";
import { useWithheld } from "../../../app/withheld";
import { type Case, type CaseView, ipc, type Recording } from "../../../ipc";
import { isComposing, keyName } from "../../../keys/chord";
import { Field } from "../../../parts/Field";
import { Seg } from "../../../parts/Seg";
import { WithheldFields } from "../../../parts/WithheldFields";
import { useCaseEdit } from "../useCaseEdit";
import { LiveFacts } from "./LiveFacts";

type TextFact =
  | "title"
  | "business_line"
  | "queue"
  | "agent"
  | "customer"
  | "customer_tier"
  | "disposition"
  | "external_id";

const facts: { field: TextFact; word: `field_${TextFact}` }[] = [
  { field: "title", word: "field_title" },
  { field: "business_line", word: "field_business_line" },
  { field: "queue", word: "field_queue" },
  { field: "agent", word: "field_agent" },
  { field: "customer", word: "field_customer" },
  { field: "customer_tier", word: "field_customer_tier" },
  { field: "disposition", word: "field_disposition" },
  { field: "external_id", word: "field_external_id" },
];

/** The case file: every fact can be changed here; each field is saved when it is left. */
export function CaseFile({ view, recording }: { view: CaseView; recording: Recording }) {
  const { t } = useTranslation("console");
  const edit = useCaseEdit(view.case);
  const why = useWithheld("case", view.case.id)("case.edit");
  const { data: lines } = useQuery({ queryKey: qk.businessLines, queryFn: () => ipc.businessLines() });
  return (
    <div className="cf scroll">
      <WithheldFields why={why}>
        {facts.map(({ field, word }) => (
          <Fact
            key={field}
            label={t(word)}
            value={view.case[field]}
            list={field === "business_line" ? "business-lines" : undefined}
            required={field === "title"}
            onSave={(value) => edit({ [field]: value } as Partial<Case>)}
          />
        ))}
        <datalist id="business-lines">
          {lines?.map((line) => (
            <option key={line} value={line} />
          ))}
        </datalist>
        <StartedAt value={view.case.started_at} onSave={(started_at) => edit({ started_at })} />
        <div className="field">
          <span className="lbl">{t("field_language")}</span>
          <Seg
            small
            label={t("field_language")}
            value={view.case.language}
            options={[
              { value: "auto", label: t("languageAuto") },
              { value: "zh", label: t("languageZh") },
              { value: "en", label: t("languageEn") },
            ]}
            onChange={(language) => edit({ language })}
          />
          <span className="lbl">{t("languageHint")}</span>
        </div>
      </WithheldFields>
      {view.live && <LiveFacts live={view.live} />}
      {recording.audio_sha256 !== "" && (
        <dl className="cf-facts">
          <dt>{t("length")}</dt>
          <dd className="num">{clock(recording.duration_ms)}</dd>
          <dt>{t("channels")}</dt>
          <dd>
            {recording.channels > 1
              ? t("channelsTwo")
              : t(recording.was_dual_mono ? "channelsSame" : "channelsOne")}
          </dd>
          {recording.sources.length > 0 && (
            <>
              <dt>{t("sources")}</dt>
              <dd>
                {recording.sources.map((s) => (
                  <span key={s.sha256} className="cf-source">
                    {s.name} <span className="mute">{s.codec}</span>
                  </span>
                ))}
              </dd>
            </>
          )}
        </dl>
      )}
    </div>
  );
}

type FactProps = {
  label: string;
  value: string;
  list?: string | undefined;
  required?: boolean;
  onSave: (value: string) => void;
};

function Fact({ label, value, list, required, onSave }: FactProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const done = (keep: boolean) => {
    const text = draft?.trim();
    setDraft(null);
    if (!keep || text === undefined || text === value || (required && text === "")) return;
    onSave(text);
  };
  return (
    <Field
      label={label}
      value={draft ?? value}
      list={list}
      onChange={(e) => setDraft(e.target.value)}
      onBlur={() => done(true)}
      onKeyDown={(e) => {
        if (isComposing(e.nativeEvent)) return;
        if (keyName(e) === "Enter") {
          e.preventDefault();
          done(true);
        }
        if (keyName(e) === "Escape") {
          e.preventDefault();
          done(false);
        }
      }}
    />
  );
}

type StartedProps = { value: number | null; onSave: (value: number | null) => void };

/** A text field and not a date picker: web views differ too much in what they offer. */
function StartedAt({ value, onSave }: StartedProps) {
  const { t } = useTranslation("console");
  const [draft, setDraft] = useState<string | null>(null);
  const shown = value === null ? "" : dateTimeText(value);
  const ms = draft === null || draft.trim() === "" ? null : parseDateTime(draft);
  const wrong = draft !== null && draft.trim() !== "" && ms === null;
  const done = () => {
    if (wrong) return;
    if (draft !== null && draft.trim() !== shown) onSave(ms);
    setDraft(null);
  };
  return (
    <Field
      label={t("field_started_at")}
      value={draft ?? shown}
      placeholder={t("startedFormat")}
      aria-invalid={wrong || undefined}
      {...(wrong ? { hint: t("startedWrong") } : {})}
      onChange={(e) => setDraft(e.target.value)}
      onBlur={done}
      onKeyDown={(e) => {
        if (isComposing(e.nativeEvent)) return;
        if (keyName(e) === "Enter") done();
        if (keyName(e) === "Escape") setDraft(null);
      }}
    />
  );
}
