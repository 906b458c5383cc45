import type { Role } from "../ipc";

type Props = { name: string; roles?: readonly Role[]; small?: boolean };

/** First character of a name in a circle; a mentor's is green. Decorative: the name stands beside it. */
export function Avatar({ name, roles, small }: Props) {
  const first = [...name.trim()][0] ?? "";
  return (
    <span
      className={["ava", roles?.includes("mentor") && "men", small && "s"].filter(Boolean).join(" ")}
      aria-hidden="true"
    >
      {first}
    </span>
  );
}
