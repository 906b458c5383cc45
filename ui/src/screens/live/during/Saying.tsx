import type { ReactNode } from "react";
import { Icon, type IconName } from "../../../parts/Icon";
import css from "./Saying.module.css";

type Props = { testId: string; icon: IconName; words: string | null; children: ReactNode };

/**
 * One line the call says, calmly, over the oldest words in sight; `null` while there is nothing to say. Its place is
 * always there, so that assistive programs read what comes into it.
 */
export function Saying({ testId, icon, words, children }: Props) {
  if (words === null) return <div role="status" />;
  return (
    <div className={css.saying} role="status" data-testid={testId}>
      <Icon name={icon} size="small" />
      <span className="grow">{words}</span>
      {children}
    </div>
  );
}
