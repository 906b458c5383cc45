import { type ReactNode, useId } from "react";
import type { Why } from "../records/withheld";
import { Icon } from "./Icon";
import css from "./WithheldFields.module.css";
import { useErrorWords } from "./words";

type Props = {
  why: Why;
  /** The line stands nearby already. */
  quiet?: boolean;
  children: ReactNode;
};

/** Fields that are not for who sits here to change: they are read, and one line says whose they are. */
export function WithheldFields({ why, quiet = false, children }: Props) {
  const words = useErrorWords();
  const id = useId();
  if (!why) return children;
  return (
    <fieldset className={css.fields} disabled aria-describedby={quiet ? undefined : id}>
      {quiet ? null : (
        <p id={id} className={css.why} role="note">
          <Icon name="lock" size="small" />
          {words(why)}
        </p>
      )}
      {children}
    </fieldset>
  );
}
