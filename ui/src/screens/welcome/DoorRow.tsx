import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { asNote } from "../../ipc";
import { Icon } from "../../parts/Icon";
import { Kbd } from "../../parts/Kbd";
import { ErrorNote, ProgressLine } from "../../parts/states";
import { shownPath } from "../../text/path";
import css from "./DoorRow.module.css";
import type { DoorWords } from "./doors";

interface Props {
  row: DoorWords;
  /** The key that goes through it. */
  digit: number;
  /** Takes the focus when it appears. */
  focused: boolean;
  working: boolean;
  /** Another door is being gone through. */
  waiting: boolean;
  problem: unknown;
  onGo: () => void;
}

/** A way in: one button, and beneath it how it goes. */
export function DoorRow({ row, digit, focused, working, waiting, problem, onGo }: Props) {
  const { t } = useTranslation("welcome");
  const { t: common } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const means = useId();
  useEffect(() => {
    if (focused) button.current?.focus();
  }, [focused]);
  return (
    <li>
      <button
        ref={button}
        type="button"
        className={css.door}
        data-testid={row.testId}
        aria-keyshortcuts={String(digit)}
        aria-describedby={means}
        aria-busy={working}
        // Not `disabled`: the focus stays where it is while a door opens.
        aria-disabled={working || waiting}
        onClick={onGo}
      >
        <Icon name={row.icon} size="large" />
        <span className={css.title}>{t(row.title)}</span>
        <Kbd>{digit}</Kbd>
        <span className={css.means} id={means}>
          {t(row.means)}
          {row.path ? <code className={css.path}>{shownPath(row.path)}</code> : null}
        </span>
      </button>
      {working ? (
        <div className={css.beneath}>
          <Working label={t(row.working)} />
        </div>
      ) : null}
      {problem ? (
        <div className={css.beneath}>
          <ErrorNote
            note={asNote(problem)}
            action={{ label: row.door === "other" ? t("otherAgain") : common("retry"), run: onGo }}
          />
        </div>
      ) : null}
    </li>
  );
}

/** How long it has been going, from the second second on: a number that moves says that it has not stopped. */
function Working({ label }: { label: string }) {
  const { t } = useTranslation("welcome");
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const tick = setInterval(() => setSeconds((n) => n + 1), 1000);
    return () => clearInterval(tick);
  }, []);
  return (
    <ProgressLine label={label} permille={null} text={seconds > 1 ? t("seconds", { n: seconds }) : ""} />
  );
}
