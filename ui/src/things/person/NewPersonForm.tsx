import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person, Role } from "../../ipc";
import { ipc } from "../../ipc";
import { Field } from "../../parts/Field";
import { FormFoot } from "../../parts/FormFoot";
import { Problem } from "../../parts/Problem";
import css from "./form.module.css";
import { RolesPicker } from "./RolesPicker";

/** Name, roles, department: somebody new at this seat. Done with nobody when it is given up. */
export function NewPersonForm({ onDone }: { onDone: (added?: Person) => void }) {
  const { t } = useTranslation("people");
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState("");
  const [roles, setRoles] = useState<Role[]>(["participant"]);
  const [unit, setUnit] = useState("");
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const add = useMutation({
    mutationFn: () => ipc.addPerson({ name: name.trim(), roles, org_unit: unit.trim() }),
    onSuccess: (person) => onDone(person),
  });
  return (
    <form
      ref={form}
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        if (name.trim() !== "") add.mutate();
      }}
    >
      <Field label={t("name")} value={name} required onChange={(e) => setName(e.target.value)} />
      <Field label={t("unit")} value={unit} onChange={(e) => setUnit(e.target.value)} />
      <RolesPicker person={null} roles={roles} onChange={setRoles} />
      <Problem error={add.error} />
      <FormFoot submit={t("add")} ready={name.trim() !== "" && !add.isPending} onCancel={() => onDone()} />
    </form>
  );
}
