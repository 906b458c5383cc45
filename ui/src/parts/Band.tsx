import type { ComponentProps, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { asNote } from "../ipc";
import css from "./Band.module.css";
import { Icon, type IconName } from "./Icon";
import { ErrorNote } from "./states";

/** `info` is washed, for what the whole workspace is; the others colour their sign. */
export type BandTone = "info" | "ok" | "warn" | "bad";

type Props = {
  /** What assistive programs call it. */
  label: string;
  testId: string;
  tone: BandTone;
  icon?: IconName;
  /** The few words that say it. */
  head: string;
  /** What else there is to know. */
  children?: ReactNode;
  /** Buttons at its end. */
  ways: ReactNode;
  /** What went wrong with one of the ways. */
  trouble?: { error: unknown; retry: () => void; dismiss: () => void } | null;
};

/** Says on every screen how things stand with the workspace, and what can be done. A row of its own, so nothing under it moves. */
export function Band({ label, testId, tone, icon, head, children, ways, trouble }: Props) {
  return (
    <aside className={css.band} data-tone={tone} aria-label={label} data-testid={testId} data-region>
      {icon ? <Icon name={icon} size="small" /> : null}
      <span className={css.words}>
        <b>{head}</b>
        {children}
      </span>
      <BandWays>{ways}</BandWays>
      {trouble ? <Trouble {...trouble} /> : null}
    </aside>
  );
}

/** Buttons at the end of a band, or a group of them that belong together. */
export const BandWays = (props: ComponentProps<"span">) => <span {...props} className={css.ways} />;

/** Hangs under the band: a row of its own would push the screen down. */
function Trouble({ error, retry, dismiss }: NonNullable<Props["trouble"]>) {
  const { t } = useTranslation();
  return (
    <div className={css.trouble}>
      <ErrorNote note={asNote(error)} action={{ label: t("retry"), run: retry }} onDismiss={dismiss} />
    </div>
  );
}
