import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { CaseId, PersonId } from "../../ipc";
import { ipc } from "../../ipc";
import { Field } from "../../parts/Field";
import { NewPane } from "../../parts/NewPane";
import { parseDateTime } from "../../text/format";
import { usePeople } from "../../things/person/queries";
import { sessionPath } from "../../things/session/paths";
import { CallPicker } from "./CallPicker";
import css from "./NewSession.module.css";

type Words = { title: string; theme: string; question: string; time: string; place: string };

/** A new session, in a pane beside the list. Only its title is needed; the rest can be settled later. */
export function NewSession({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("sessions");
  const [, go] = useLocation();
  const id = useId();
  const [words, setWords] = useState<Words>({ title: "", theme: "", question: "", time: "", place: "" });
  const [facilitator, setFacilitator] = useState<PersonId>("");
  const [people, setPeople] = useState<PersonId[]>([]);
  const [cases, setCases] = useState<CaseId[]>([]);

  const starts_at = words.time.trim() === "" ? null : parseDateTime(words.time);
  const wrongTime = words.time.trim() !== "" && starts_at === null;
  const create = useMutation({
    mutationFn: () =>
      ipc.addSession({
        title: words.title.trim(),
        theme: words.theme.trim(),
        question: words.question.trim(),
        place: words.place.trim(),
        starts_at,
        facilitator_id: facilitator || null,
        people,
        cases,
      }),
    onSuccess: (row) => go(sessionPath(row.session.id)),
  });
  const ready = words.title.trim() !== "" && !wrongTime && !create.isPending;
  const field = (name: keyof Words) => ({
    label: t(`field.${name}`),
    value: words[name],
    onChange: (e: { target: { value: string } }) => setWords({ ...words, [name]: e.target.value }),
  });
  return (
    <NewPane
      title={t("new.title")}
      create={t("new.create")}
      createTestId="session-create"
      ready={ready}
      error={create.error}
      onCreate={() => create.mutate()}
      onClose={onClose}
    >
      <Field {...field("title")} data-testid="session-title" required placeholder={t("new.titleHint")} />
      <Field {...field("theme")} placeholder={t("new.themeHint")} />
      <div className="field">
        <label className="label" htmlFor={`${id}-q`}>
          {t("field.question")}
        </label>
        <textarea
          id={`${id}-q`}
          className="input"
          rows={2}
          placeholder={t("new.questionHint")}
          value={words.question}
          onChange={field("question").onChange}
        />
      </div>
      <div className={css.pair}>
        <Field
          {...field("time")}
          placeholder={t("time.format")}
          aria-invalid={wrongTime || undefined}
          {...(wrongTime && { hint: t("time.wrong") })}
        />
        <Field {...field("place")} />
      </div>
      <WhoFields
        facilitator={facilitator}
        people={people}
        onFacilitator={setFacilitator}
        onPeople={setPeople}
      />
      <fieldset className="field">
        <legend className="label">{t("field.calls", { count: cases.length })}</legend>
        <CallPicker chosen={cases} onChange={setCases} />
      </fieldset>
    </NewPane>
  );
}

type WhoProps = {
  facilitator: PersonId;
  people: PersonId[];
  onFacilitator: (id: PersonId) => void;
  onPeople: (ids: PersonId[]) => void;
};

/** Who leads, who listens. */
function WhoFields({ facilitator, people, onFacilitator, onPeople }: WhoProps) {
  const { t } = useTranslation("sessions");
  const id = useId();
  const all = usePeople().data ?? [];
  const toggle = (person: PersonId) =>
    onPeople(people.includes(person) ? people.filter((p) => p !== person) : [...people, person]);
  return (
    <>
      <div className="field">
        <label className="label" htmlFor={`${id}-f`}>
          {t("field.facilitator")}
        </label>
        <select
          id={`${id}-f`}
          className="drop-down"
          value={facilitator}
          onChange={(e) => onFacilitator(e.target.value)}
        >
          <option value="">{t("who.nobody")}</option>
          {all.map((p) => (
            <option key={p.id} value={p.id}>
              {p.name}
            </option>
          ))}
        </select>
      </div>
      <fieldset className="field">
        <legend className="label">{t("field.people")}</legend>
        <div className={css.people}>
          {all.map((p) => (
            <label key={p.id}>
              <input type="checkbox" checked={people.includes(p.id)} onChange={() => toggle(p.id)} />
              <bdi>{p.name}</bdi>
              <span className="faint small">
                <bdi>{p.org_unit}</bdi>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}
