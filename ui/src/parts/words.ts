/** Domain values as keys of the common catalogue. */
import { useTranslation } from "react-i18next";
import { clock } from "../app/format";
import type { ErrorNote } from "../ipc";
import { errorCodes } from "../ipc/generated/codes";

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
  return (note) => {
    const code = errorCodes.find((known) => known === note.code) ?? "internal";
    return t(code, { ref: note.code, path: "", name: "", field: "", ...readable(note.args) });
  };
}
