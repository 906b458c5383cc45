import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseFilter } from "../../ipc";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { Seg } from "../../parts/Seg";
import css from "./FilterMenu.module.css";
import { type Between, keyOf, type Measure, narrow, states } from "./filters";
import type { HeardIn } from "./useCalls";
import { typed, unitOf } from "./words";

type MeasureProps = {
  fact: Measure;
  stands: Between | undefined;
  onChange: (filter: CaseFilter | null) => void;
};

/** From and to, both included; one of them may be left open. */
export function MeasurePanel({ fact, stands, onChange }: MeasureProps) {
  const { t } = useTranslation("library");
  const { read, write } = typed(fact);
  const written = (value: number | null | undefined) =>
    value === null || value === undefined ? "" : write(value);
  const [from, setFrom] = useState(() => written(stands?.from));
  const [to, setTo] = useState(() => written(stands?.to));
  const [wrong, setWrong] = useState<"from" | "to" | null>(null);
  const hint = useId();
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const bounds = { from: from.trim() ? read(from, false) : null, to: to.trim() ? read(to, true) : null };
    if (from.trim() && bounds.from === null) return setWrong("from");
    if (to.trim() && bounds.to === null) return setWrong("to");
    setWrong(null);
    onChange(bounds.from === null && bounds.to === null ? null : { by: "between", fact, ...bounds });
  };
  const clear = () => {
    setFrom("");
    setTo("");
    setWrong(null);
    onChange(null);
  };
  const unit = unitOf(fact);
  const field = (which: "from" | "to", value: string, change: (text: string) => void) => (
    <Field
      label={t(`filter.${which}Label`)}
      type={unit === "day" ? "date" : "text"}
      inputMode={unit === "count" ? "numeric" : undefined}
      value={value}
      aria-invalid={wrong === which || undefined}
      aria-describedby={hint}
      onChange={(e) => change(e.target.value)}
    />
  );
  return (
    <form className={css.form} onSubmit={apply}>
      {field("from", from, setFrom)}
      {field("to", to, setTo)}
      <p id={hint} className={wrong ? "is-bad small" : "faint small"} role={wrong ? "alert" : undefined}>
        {t(`filter.${unit}Hint`)}
      </p>
      <div className="row">
        {stands ? (
          <Button size="small" tone="ghost" onClick={clear}>
            {t("filter.clear")}
          </Button>
        ) : null}
        <span className="grow" />
        <Button size="small" tone="primary" type="submit">
          {t("filter.apply")}
        </Button>
      </div>
    </form>
  );
}

type Became = "any" | "yes" | "no";

/** What became of calls: each that, not that, or whichever. */
export function StatePanel({ filters }: { filters: readonly CaseFilter[] }) {
  const { t } = useTranslation("library");
  return (
    <div className={css.form}>
      {states.map((state) => {
        const stands = filters.find((filter) => keyOf(filter) === state);
        const value: Became = stands?.by !== "is" ? "any" : stands.yes ? "yes" : "no";
        return (
          <div key={state} className="row">
            <span className="grow">{t(`state.${state}`)}</span>
            <Seg<Became>
              small
              label={t(`state.${state}`)}
              value={value}
              onChange={(next) =>
                narrow(state, next === "any" ? null : { by: "is", state, yes: next === "yes" })
              }
              options={[
                { value: "any", label: t("filter.any") },
                { value: "yes", label: t("filter.yes") },
                { value: "no", label: t("filter.no") },
              ]}
            />
          </div>
        );
      })}
    </div>
  );
}

type SessionProps = { filters: readonly CaseFilter[]; sessions: readonly HeardIn[] };

/** The listening session whose list the calls are on. */
export function SessionPanel({ filters, sessions }: SessionProps) {
  const { t } = useTranslation("library");
  const stands = filters.find((filter) => filter.by === "in_session");
  const chosen = stands?.by === "in_session" ? stands.session_id : null;
  const name = useId();
  const line = (id: string | null, title: string) => (
    <li key={id ?? "all"}>
      <label className={css.value}>
        <input
          type="radio"
          name={name}
          checked={chosen === id}
          onChange={() => narrow("session", id === null ? null : { by: "in_session", session_id: id })}
        />
        {id === null ? <span className="grow">{title}</span> : <bdi className="grow cut">{title}</bdi>}
      </label>
    </li>
  );
  return (
    <ul className={`${css.values} scroll`}>
      {line(null, t("filter.allSessions"))}
      {sessions.map((one) => line(one.id, one.title))}
    </ul>
  );
}
