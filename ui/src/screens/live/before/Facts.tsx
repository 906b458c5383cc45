import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { ListenMode, Person } from "../../../ipc";
import { Field } from "../../../parts/Field";
import { SectionHead } from "../../../parts/SectionHead";
import { day } from "../../../text/format";
import { useBusinessLines } from "../../../things/case/queries";
import { usePeople } from "../../../things/person/queries";
import { useSessions } from "../../../things/session/queries";
import css from "./Facts.module.css";
import fields from "./fields.module.css";

/** What is known of the call beforehand; all of it may be empty. */
export type Facts = {
  title: string;
  business_line: string;
  agent: string;
  customer: string;
  mentor_id: string;
  session_id: string;
  anchor: string;
};

type Props = { facts: Facts; mode: ListenMode; onChange: (facts: Facts) => void };

/** Facts that make the call easy to find. None is needed to begin. */
export function FactFields({ facts, mode, onChange }: Props) {
  const { t } = useTranslation("live");
  const id = useId();
  const people = usePeople().data ?? [];
  const sessions = useSessions().data ?? [];
  const lines = useBusinessLines().data ?? [];
  const isMentor = (p: Person) => Number(p.roles.includes("mentor"));
  const mentors = [...people].sort((a, b) => isMentor(b) - isMentor(a));
  const words = (name: keyof Facts) => ({
    label: t(`fact_${name}`),
    value: facts[name],
    autoComplete: "off",
    onChange: (e: { target: { value: string } }) => onChange({ ...facts, [name]: e.target.value }),
  });
  return (
    <section className={css.facts} aria-label={t("facts")}>
      <SectionHead title={t("facts")} note={t("factsOptional")} />
      <Field {...words("title")} placeholder={t("titleHint")} data-testid="live-title" />
      <div className={fields.pair}>
        <Field {...words("agent")} />
        <Field {...words("customer")} placeholder={t("customerHint")} />
      </div>
      <div className={fields.pair}>
        <Field {...words("business_line")} list={`${id}-lines`} />
        <div className="field">
          <label className="label" htmlFor={`${id}-m`}>
            {t("fact_mentor_id")}
          </label>
          <select
            id={`${id}-m`}
            className={`${fields.choice} drop-down`}
            data-testid="live-mentor"
            value={facts.mentor_id}
            onChange={words("mentor_id").onChange}
          >
            <option value="">{t("noMentor")}</option>
            {mentors.map((p) => (
              <option key={p.id} value={p.id}>
                {p.name}
              </option>
            ))}
          </select>
        </div>
      </div>
      <datalist id={`${id}-lines`}>
        {lines.map((line) => (
          <option key={line} value={line} />
        ))}
      </datalist>
      <div className="field">
        <label className="label" htmlFor={`${id}-s`}>
          {t("fact_session_id")}
        </label>
        <select
          id={`${id}-s`}
          className={`${fields.choice} drop-down`}
          data-testid="live-session"
          value={facts.session_id}
          onChange={words("session_id").onChange}
        >
          <option value="">{t("noSession")}</option>
          {sessions.map(({ session }) => (
            <option key={session.id} value={session.id}>
              {session.starts_at === null ? session.title : `${day(session.starts_at)}  ${session.title}`}
            </option>
          ))}
        </select>
      </div>
      <Field
        {...words("anchor")}
        hint={t(mode === "record" ? "anchorMeans" : "anchorMeansClock")}
        data-testid="live-anchor"
      />
    </section>
  );
}
