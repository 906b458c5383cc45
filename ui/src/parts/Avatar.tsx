import type { Role } from "../ipc";
import css from "./Avatar.module.css";

type Props = { name: string; roles?: readonly Role[]; small?: boolean };

/** First character of a name in a circle; a mentor's is green. Decorative: the name stands beside it. */
export function Avatar({ name, roles, small }: Props) {
  const first = [...name.trim()][0] ?? "";
  return (
    <span
      className={css.avatar}
      data-part="avatar"
      data-tone={roles?.includes("mentor") ? "mentor" : undefined}
      data-size={small ? "small" : undefined}
      aria-hidden="true"
    >
      {first}
    </span>
  );
}
