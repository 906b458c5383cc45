import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Person, Role } from "../../ipc";
import { allRoles } from "../../ipc/generated/roles";
import { Icon } from "../../parts/Icon";
import { wordKey } from "../../parts/words";
import { useWorkspace } from "../../seat/workspace";
import { usePeople } from "./queries";
import css from "./RolesPicker.module.css";
import { useGivable, warningOf } from "./roles";

type Props = {
  /** Whose roles they are; null for somebody new. */
  person: Person | null;
  roles: readonly Role[];
  onChange: (roles: Role[]) => void;
};

/** What somebody is: any number of roles, each with what it means, and what follows from giving it. */
export function RolesPicker({ person, roles, onChange }: Props) {
  const { t } = useTranslation("people");
  const id = useId();
  const givable = useGivable(person === null);
  const locked = givable.length < allRoles.length;
  const toggle = (role: Role) => {
    if (givable.includes(role)) onChange(allRoles.filter((one) => (one === role) !== roles.includes(one)));
  };
  return (
    <fieldset className={css.roles} aria-describedby={locked ? `${id}-locked` : undefined}>
      <legend className="label">{t("roles")}</legend>
      <div className={css.choices}>
        {allRoles.map((role) => (
          <label key={role} data-locked={!givable.includes(role) || undefined}>
            <input
              type="checkbox"
              checked={roles.includes(role)}
              aria-disabled={!givable.includes(role) || undefined}
              aria-labelledby={`${id}-${role}`}
              aria-describedby={`${id}-${role}-means`}
              data-testid={`role-${role}`}
              onChange={() => toggle(role)}
            />
            <span id={`${id}-${role}`}>{t(wordKey("role", role))}</span>
            <span id={`${id}-${role}-means`} className="faint small">
              {t(wordKey("means", role))}
            </span>
          </label>
        ))}
      </div>
      {locked ? (
        <p id={`${id}-locked`} className={`${css.locked} small`}>
          <Icon name="lock" size="tiny" />
          {t(givable.length > 0 ? "rolesSomeLocked" : "rolesLocked")}
        </p>
      ) : null}
      <Warning person={person} roles={roles} />
    </fieldset>
  );
}

/** Said before it is done: who loses the right to give roles, or that roles stop counting. */
function Warning({ person, roles }: Omit<Props, "onChange">) {
  const { t } = useTranslation("people");
  const people = usePeople().data ?? [];
  const me = useWorkspace().data?.actor;
  const warning = warningOf(people, me?.id, person?.id ?? null, roles);
  return (
    <p className={`${css.warning} small`} role="status" data-testid="roles-warning">
      {warning ? t(warning, { name: person?.name ?? "" }) : ""}
    </p>
  );
}
