import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../ipc";
import { editRecord, ipc } from "../../ipc";
import { Avatar } from "../../parts/Avatar";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { wordKey } from "../../parts/words";
import { usePeople, useWorkspace } from "../issues/queries";
import { NewPersonForm, personRoles } from "../people/NewPersonForm";
import "../people/people.css";

/** Everybody whose actions are recorded here. */
export function People() {
  const { t } = useTranslation("settings");
  const people = usePeople();
  const me = useWorkspace().data?.actor;
  const [adding, setAdding] = useState(false);
  const change = useMutation({ mutationFn: ipc.switchPerson });
  return (
    <section aria-label={t("tab.people")}>
      <SectionHead title={t("tab.people")} note={t("people.note")}>
        <Button size="s" tone="pri" icon="plus" disabled={adding} onClick={() => setAdding(true)}>
          {t("people.add")}
        </Button>
      </SectionHead>
      {adding ? <NewPersonForm onDone={() => setAdding(false)} /> : null}
      <Problem error={people.error ?? change.error} />
      <ul className="st-list">
        {people.data?.map((p) => (
          <PersonLine key={p.id} person={p} here={p.id === me?.id} onSwitch={() => change.mutate(p.id)} />
        ))}
      </ul>
    </section>
  );
}

function PersonLine({ person, here, onSwitch }: { person: Person; here: boolean; onSwitch: () => void }) {
  const { t } = useTranslation("settings");
  const { t: p } = useTranslation("people");
  const { t: common } = useTranslation();
  const [draft, setDraft] = useState<Person | null>(null);
  const save = useMutation({
    mutationFn: ({ id, rev, name, role, org_unit }: Person) =>
      editRecord("person", id, rev, { name, role, org_unit }),
    onSuccess: () => setDraft(null),
  });
  if (draft)
    return (
      <li>
        <form
          className="row st-edit"
          onSubmit={(e) => {
            e.preventDefault();
            if (draft.name.trim() !== "") save.mutate(draft);
          }}
        >
          <input
            className="fld"
            aria-label={p("name")}
            // biome-ignore lint/a11y/noAutofocus: the person asked to edit this line
            autoFocus
            value={draft.name}
            onChange={(e) => setDraft({ ...draft, name: e.target.value })}
          />
          <select
            className="drop-down"
            aria-label={p("role")}
            value={draft.role}
            onChange={(e) =>
              setDraft({ ...draft, role: personRoles.find((r) => r === e.target.value) ?? draft.role })
            }
          >
            {personRoles.map((r) => (
              <option key={r} value={r}>
                {p(wordKey("role", r))}
              </option>
            ))}
          </select>
          <input
            className="fld"
            aria-label={p("unit")}
            placeholder={p("unit")}
            value={draft.org_unit}
            onChange={(e) => setDraft({ ...draft, org_unit: e.target.value })}
          />
          <Button size="s" onClick={() => setDraft(null)}>
            {common("cancel")}
          </Button>
          <Button size="s" tone="pri" type="submit" disabled={draft.name.trim() === ""}>
            {common("save")}
          </Button>
        </form>
        <Problem error={save.error} />
      </li>
    );
  return (
    <li className="row">
      <Avatar name={person.name} role={person.role} />
      <span className="grow">
        <bdi>
          <b>{person.name}</b>
        </bdi>{" "}
        <span className="mute">
          {p(wordKey("role", person.role))} <bdi>{person.org_unit}</bdi>
        </span>
      </span>
      {here ? (
        <span className="chip ok">{t("people.here")}</span>
      ) : (
        <Button size="s" onClick={onSwitch}>
          {t("people.switch")}
        </Button>
      )}
      <Button
        size="s"
        tone="ghost"
        icon="edit"
        label={t("people.edit", { name: person.name })}
        onClick={() => setDraft(person)}
      />
    </li>
  );
}
