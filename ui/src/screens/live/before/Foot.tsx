import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ListenMode } from "../../../ipc";
import { buttonLook } from "../../../parts/Button";
import { Icon } from "../../../parts/Icon";
import { Kbd } from "../../../parts/Kbd";
import { useErrorWords, wordKey } from "../../../parts/words";
import type { Why } from "../../../records/withheld";
import css from "./Foot.module.css";

/** What still has to be said before words may be kept. */
export type Missing = "source" | "other_source" | "consent" | "notice";

type Props = {
  mode: ListenMode;
  /** Minutes of recording the disk still takes. */
  minutes: number;
  missing: Missing[];
  busy: boolean;
  /** Why it is not for who sits here to begin. */
  why: Why;
  /** What went wrong. */
  children: ReactNode;
};

/** Below this the disk is worth a warning. */
const FEW_MINUTES = 30;

/** The one button, what it still wants, and how long the disk lasts. */
export function Foot({ mode, minutes, missing, busy, why, children }: Props) {
  const { t } = useTranslation("live");
  const words = useErrorWords();
  const few = minutes < FEW_MINUTES;
  const lasting =
    minutes < 120
      ? t("diskMinutes", { count: minutes })
      : t("diskHours", { count: Math.floor(minutes / 60) });
  return (
    <div className={css.foot}>
      {children}
      <div className={css.row}>
        {mode === "record" && (
          <span className={few ? "is-warning" : "faint"} data-testid="live-disk">
            <Icon name={few ? "warn" : "disk"} size="small" />
            {lasting}
          </span>
        )}
        <span className="grow" />
        <span className={css.missing} id="live-missing">
          {why
            ? words(why)
            : missing.length > 0 &&
              t("missing", { what: missing.map((m) => t(wordKey("missing", m))).join(t("listSeparator")) })}
        </span>
        <button
          type="submit"
          {...buttonLook({ tone: "primary", size: "large", className: css.begin })}
          aria-disabled={missing.length > 0 || busy || why !== null || undefined}
          aria-describedby="live-missing"
          data-testid="live-start"
        >
          {t(busy ? "starting" : wordKey("start", mode))}
          {!busy && <Kbd>⏎</Kbd>}
        </button>
      </div>
    </div>
  );
}
