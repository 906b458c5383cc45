/** Domain values as keys of the common catalogue. */
import { useTranslation } from "react-i18next";
import type { ErrorNote, Role } from "../ipc";
import { errorCodes } from "../ipc/generated/codes";
import { allRoles } from "../ipc/generated/roles";
import { clock } from "../text/format";

type Pascal<S extends string> = S extends `${infer A}_${infer B}`
  ? `${Capitalize<A>}${Pascal<B>}`
  : Capitalize<S>;

/** `wordKey("status", "in_progress")` is `statusInProgress`. */
export function wordKey<P extends string, V extends string>(prefix: P, value: V): `${P}${Pascal<V>}` {
  const pascal = value
    .split("_")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
  return `${prefix}${pascal}` as `${P}${Pascal<V>}`;
}

/** Lengths (`…_ms`) as times one can read. */
function readable(args: ErrorNote["args"]): ErrorNote["args"] {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, name.endsWith("_ms") ? clock(Number(value)) : value]),
  );
}

/** Words an error note in the language of the UI; an unknown code reads as an inner error. */
export function useErrorWords(): (note: ErrorNote) => string {
  const { t } = useTranslation("errors");
  const any = useAnyRole();
  return (note) => {
    const code = errorCodes.find((known) => known === note.code) ?? "internal";
    const args = readable(note.args);
    if (typeof args.roles === "string") args.roles = any(args.roles);
    return t(code, { ref: note.code, path: "", name: "", field: "", ...args });
  };
}

/** Roles as they come from Rust, `facilitator,curator`, as "one of these". */
function useAnyRole(): (codes: string) => string {
  const { t, i18n } = useTranslation("people");
  return (codes) => {
    const words = codes.split(",").map((code) => {
      const role = allRoles.find((known) => known === code);
      return role ? t(wordKey("role", role)) : code;
    });
    return new Intl.ListFormat(i18n.language, { type: "disjunction" }).format(words);
  };
}

/** All that somebody is: "主持、编审". */
export function useRoleWords(): (roles: readonly Role[]) => string {
  const { t } = useTranslation("people");
  return (roles) =>
    roles.length === 0
      ? t("roleless")
      : allRoles
          .filter((role) => roles.includes(role))
          .map((role) => t(wordKey("role", role)))
          .join(t("listSeparator"));
}
