import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../ipc";
import { isComposing, keyName } from "../../keys/chord";
import { Clash } from "../../parts/Clash";
import { Field } from "../../parts/Field";
import { FormFoot } from "../../parts/FormFoot";
import { Problem } from "../../parts/Problem";
import { useRoleWords } from "../../parts/words";
import { useRecord } from "../../records/record";
import { useWritten } from "../../records/useWritten";
import css from "./form.module.css";
import { RolesPicker } from "./RolesPicker";

/** Name, department and roles of somebody who is there. */
export function EditPersonForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(person);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const rolesText = useRoleWords();
  const { saveAll } = useRecord("person", person);
  const { clash, error, busy, write } = useWritten(({ name, roles, org_unit }: Person, rev: number) =>
    saveAll({ name, roles, org_unit }, rev),
  );
  const ready = draft.name.trim() !== "" && !busy;
  const save = async (rev: number) => {
    if (ready && (await write(draft, rev))) onDone();
  };
  if (clash)
    return (
      <Clash
        fields={[
          { label: t("name"), theirs: clash.theirs.name, mine: draft.name },
          { label: t("unit"), theirs: clash.theirs.org_unit, mine: draft.org_unit },
          { label: t("roles"), theirs: rolesText(clash.theirs.roles), mine: rolesText(draft.roles) },
        ]}
        busy={busy}
        onTheirs={onDone}
        onMine={() => void save(clash.rev)}
      />
    );
  return (
    <form
      ref={form}
      className={css.form}
      data-wide
      data-testid="person-form"
      onSubmit={(e) => {
        e.preventDefault();
        void save(draft.rev);
      }}
      onKeyDown={(e) => {
        if (keyName(e) === "Escape" && !isComposing(e.nativeEvent)) onDone();
      }}
    >
      <Field
        label={t("name")}
        value={draft.name}
        required
        onChange={(e) => setDraft({ ...draft, name: e.target.value })}
      />
      <Field
        label={t("unit")}
        value={draft.org_unit}
        onChange={(e) => setDraft({ ...draft, org_unit: e.target.value })}
      />
      <RolesPicker person={person} roles={draft.roles} onChange={(roles) => setDraft({ ...draft, roles })} />
      <Problem error={error} />
      <FormFoot className="foot" submit={common("save")} ready={ready} onCancel={onDone} />
    </form>
  );
}
