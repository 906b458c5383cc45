import type { PersonRole } from "../ipc";

/** First character of a name in a circle; a mentor's is green. Decorative: the name stands beside it. */
export function Avatar({ name, role, small }: { name: string; role?: PersonRole; small?: boolean }) {
  const first = [...name.trim()][0] ?? "";
  return (
    <span
      className={["ava", role === "mentor" && "men", small && "s"].filter(Boolean).join(" ")}
      aria-hidden="true"
    >
      {first}
    </span>
  );
}
