/** The looks every screen has for nothing, under way, and gone wrong. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ErrorNote as Note } from "../ipc";
import { Button } from "./Button";
import { Icon, type IconName } from "./Icon";
import css from "./states.module.css";
import { useErrorWords } from "./words";

type EmptyProps = {
  icon?: IconName;
  title: string;
  hint?: string;
  /** Buttons. */
  children?: ReactNode;
  /** Quiet words below them. */
  foot?: ReactNode;
};

/** How the words that say so look. */
export const emptyTitle = css.title;

/** Nothing here, and what to do about it. */
export function EmptyState({ icon, title, hint, children, foot }: EmptyProps) {
  return (
    <div className={css.empty} data-part="empty">
      {icon && <Icon name={icon} size="large" />}
      <p className={emptyTitle}>{title}</p>
      {hint && <p className={`${css.hint} quiet`}>{hint}</p>}
      {children && <div className={`${css.ways} row`}>{children}</div>}
      {foot && <div className={css.foot}>{foot}</div>}
    </div>
  );
}

type ErrorProps = {
  note: Note;
  /** The one button. */
  action?: { label: string; run: () => void };
  onDismiss?: () => void;
};

/** What happened, what is safe, one button. */
export function ErrorNote({ note, action, onDismiss }: ErrorProps) {
  const { t } = useTranslation();
  const words = useErrorWords();
  return (
    <div className={css.error} data-part="problem" role="alert" data-code={note.code}>
      <Icon name="warn" size="small" />
      <span className="grow">{words(note)}</span>
      {action && (
        <Button size="small" onClick={action.run}>
          {action.label}
        </Button>
      )}
      {onDismiss && <Button size="small" tone="ghost" icon="x" label={t("close")} onClick={onDismiss} />}
    </div>
  );
}

type ProgressProps = { label: string; permille: number | null; text?: string; onCancel?: () => void };

/** A thin line with number and unit; `permille: null` when the length is not known. */
export function ProgressLine({ label, permille, text, onCancel }: ProgressProps) {
  const { t } = useTranslation();
  return (
    <div className={css.progress} data-part="progress">
      <span className={css.words}>
        <span className="cut">{label}</span>
        <span className="figures faint">
          {text ?? (permille === null ? "" : `${Math.floor(permille / 10)}%`)}
        </span>
      </span>
      <progress aria-label={label} max={1000} value={permille ?? undefined} />
      {onCancel && (
        <Button size="small" tone="ghost" onClick={onCancel}>
          {t("cancel")}
        </Button>
      )}
    </div>
  );
}
