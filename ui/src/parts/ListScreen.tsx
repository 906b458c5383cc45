import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import css from "./ListScreen.module.css";
import { Problem } from "./Problem";
import { ScreenFrame } from "./ScreenFrame";

interface States {
  /** What is said above the rows, whatever there is of them. */
  notes?: ReactNode;
  /** Why the rows could not be read. */
  error: unknown;
  onRetry: () => void;
  /** Stands where the rows would, when there are none. */
  empty?: ReactNode;
  /** The rows. */
  children: ReactNode;
}

interface Props extends States {
  className?: string | undefined;
  title: string;
  /** How much there is, in words; nothing while that is not known. */
  count: string | undefined;
  /** What narrows and orders the rows, and what can be done with them. */
  actions?: ReactNode;
  /** A column beside the rows, and its name. It goes where the paper is narrow. */
  side?: { name: string; content: ReactNode };
  /** Rows that do not scroll by themselves. */
  scrolls?: boolean;
  /** Something new is written beside the rows. */
  pane?: ReactNode;
  /** Stays below the rows. */
  foot?: ReactNode;
}

/** A list that has the screen for itself: a head, the rows or why there are none, and a pane beside them. */
export function ListScreen({
  className,
  title,
  count,
  actions,
  side,
  scrolls = false,
  pane,
  foot,
  ...states
}: Props) {
  const { t } = useTranslation();
  return (
    <ScreenFrame>
      <div
        className={[css.frame, className].filter(Boolean).join(" ")}
        data-side={side ? "" : undefined}
        data-pane={pane ? "open" : undefined}
      >
        <header className={css.head}>
          <h1>{title}</h1>
          <span className={`${css.count} quiet nowrap`} role="status">
            {count ?? (states.error ? null : t("loading"))}
          </span>
          <span className={`${css.space} grow`} />
          {actions}
        </header>
        {side ? (
          <aside className={`${css.side} scroll`} aria-label={side.name} data-region>
            {side.content}
          </aside>
        ) : null}
        <div className={scrolls ? `${css.body} scroll` : css.body} data-region>
          <Rows {...states} />
        </div>
        {pane ? <div className={css.pane}>{pane}</div> : null}
        {foot ? <div className={css.foot}>{foot}</div> : null}
      </div>
    </ScreenFrame>
  );
}

/** A list that is read like a page: what it is narrowed with scrolls along, and no line is wider than can be read. */
export function ListPage({ filter, ...states }: States & { filter: ReactNode }) {
  return (
    <ScreenFrame>
      <div className={`${css.page} scroll`} data-region>
        <div className={`${css.filter} row`}>{filter}</div>
        <Rows {...states} />
      </div>
    </ScreenFrame>
  );
}

function Rows({ notes, error, onRetry, empty, children }: States) {
  return (
    <>
      {notes}
      <Problem error={error} onRetry={onRetry} />
      {empty || children}
    </>
  );
}
