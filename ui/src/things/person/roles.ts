/** What a seat may do with the roles of others, as far as a form has to know it beforehand. */

import type { Person, Role } from "../../ipc";
import { allRoles, givenFreely } from "../../ipc/generated/roles";
import { useHeldBack } from "../../records/withheld";
import { useWorkspace } from "../../seat/workspace";
import { usePeople } from "./queries";

const administers = (p: Pick<Person, "roles">): boolean => p.roles.includes("administrator");

/** Whether roles count. A guest sees nobody's roles, but is told that something is held back. */
export function useRolesCount(): boolean {
  const people = usePeople().data;
  const heldBack = useHeldBack();
  return heldBack || (people?.some(administers) ?? false);
}

/** Roles that who sits here can give or take: to somebody who is there, or to somebody new. */
export function useGivable(toNew: boolean): readonly Role[] {
  const me = useWorkspace().data?.actor;
  const count = useRolesCount();
  if (!count || (me && administers(me))) return allRoles;
  return toNew ? givenFreely : [];
}

export type RoleWarning = "warnGivesAway" | "warnGivesAwayNew" | "warnLastOne";

/** What follows from giving these roles that nobody might think of; `subject` is null for somebody new. */
export function warningOf(
  people: readonly Person[],
  me: string | undefined,
  subject: string | null,
  roles: readonly Role[],
): RoleWarning | null {
  const now = people.filter(administers);
  const will = administers({ roles: [...roles] });
  if (now.length === 0 && will && subject !== me)
    return subject === null ? "warnGivesAwayNew" : "warnGivesAway";
  const last = now.length === 1 && now[0]?.id === subject;
  return last && !will ? "warnLastOne" : null;
}

/** Whether who sits here is from outside, or nothing yet: to them no call and no issue is shown once roles count. */
export function useOutside(): boolean {
  const me = useWorkspace().data?.actor;
  return me?.roles.every((role) => role === "guest") ?? false;
}
