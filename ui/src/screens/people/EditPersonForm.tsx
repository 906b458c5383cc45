import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../ipc";
import { editRecord } from "../../ipc";
import { isComposing, keyName } from "../../keys/chord";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { Problem } from "../../parts/Problem";
import { RolesPicker } from "./RolesPicker";

/** Name, department and roles of somebody who is there. */
export function EditPersonForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(person);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const save = useMutation({
    mutationFn: ({ id, rev, name, roles, org_unit }: Person) =>
      editRecord("person", id, rev, { name, roles, org_unit }),
    onSuccess: onDone,
  });
  const ready = draft.name.trim() !== "" && !save.isPending;
  return (
    <form
      ref={form}
      className="people-form people-edit"
      data-testid="person-form"
      onSubmit={(e) => {
        e.preventDefault();
        if (ready) save.mutate(draft);
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
      <Problem error={save.error} />
      <div className="row foot">
        <span className="grow" />
        <Button size="s" onClick={onDone}>
          {common("cancel")}
        </Button>
        <Button size="s" tone="pri" type="submit" disabled={!ready}>
          {common("save")}
        </Button>
      </div>
    </form>
  );
}
