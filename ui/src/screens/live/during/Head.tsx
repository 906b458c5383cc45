import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LiveStatus } from "../../../ipc";
import { Icon, type IconName } from "../../../parts/Icon";
import { Sep } from "../../../parts/SectionHead";
import { wordKey } from "../../../parts/words";
import { clock } from "../../../text/format";
import { Clock } from "../../../things/live/Clock";
import { StateSign } from "../../../things/live/StateSign";
import { recState } from "../../../things/live/states";
import css from "./Head.module.css";

type Props = { status: LiveStatus; children: ReactNode };

/** How long, which call, and that it is safe. */
export function Head({ status, children }: Props) {
  const { t } = useTranslation("live");
  const { case: c, contact, mentor } = status;
  const state = recState(status);
  const facts = [
    c.business_line,
    contact.customer && t("headCustomer", { name: contact.customer }),
    contact.agent && t("headAgent", { name: contact.agent }),
    mentor && t("headMentor", { name: mentor }),
  ].filter(Boolean) as string[];
  return (
    <section className={css.head} aria-label={t("headOf")} data-region>
      <Clock className={css.clock} role="timer" aria-label={t("clockOf")} data-testid="live-clock" />
      <div className={css.title}>
        <b className="cut" title={c.title}>
          <bdi>{c.title}</bdi>
        </b>
        <span className="faint small cut">
          {facts.map((fact, i) => (
            <span key={fact}>
              {i > 0 && <Sep />}
              <bdi>{fact}</bdi>
            </span>
          ))}
        </span>
      </div>
      {children}
      <span className={css.state} data-look={state} data-testid="live-state" role="status">
        <StateSign state={state} />
        {t(`state${state}`)}
      </span>
      <ul className={css.safe}>
        <Told status={status} />
        <Kept status={status} />
        <TextLag status={status} />
      </ul>
    </section>
  );
}

type FactProps = { icon: IconName; words: string; small: string; warn?: boolean; testId: string };

function Fact({ icon, words, small, warn, testId }: FactProps) {
  return (
    <li data-warn={warn || undefined}>
      <Icon name={icon} />
      <span data-testid={testId}>
        {words}
        <small>{small}</small>
      </span>
    </li>
  );
}

function Told({ status: { call } }: { status: LiveStatus }) {
  const { t } = useTranslation("live");
  if (!call.consent || !call.notice) return null;
  const time = new Date(call.started_at).toTimeString().slice(0, 8);
  return (
    <Fact
      icon="shield"
      testId="live-told"
      words={t(wordKey("basisShort", call.consent))}
      small={`${time} ${t(wordKey("notice", call.notice))}`}
    />
  );
}

function Kept({ status }: { status: LiveStatus }) {
  const { t } = useTranslation("live");
  const { kept_ms, disk_minutes, call } = status;
  if (disk_minutes !== null)
    return (
      <Fact
        icon="disk"
        testId="live-kept"
        words={t("diskLeft", { count: disk_minutes })}
        small={t("diskLeftMeans")}
        warn
      />
    );
  if (kept_ms === null)
    return (
      <Fact
        icon="disk"
        testId="live-kept"
        words={t("soundNotKept")}
        small={t(call.mode === "text_only" ? "soundNotKeptText" : "soundNotKeptClock")}
      />
    );
  return (
    <Fact icon="disk" testId="live-kept" words={t("kept", { time: clock(kept_ms) })} small={t("keptMeans")} />
  );
}

/** From here on the delay is worth a word in colour, ms. */
const SLOW_MS = 5_000;

function TextLag({ status }: { status: LiveStatus }) {
  const { t } = useTranslation("live");
  const { text, behind_ms, thinned, call } = status;
  if (call.mode === "clock_only") return null;
  if (text !== "on") {
    const warn = text === "failed";
    return (
      <Fact
        icon={warn ? "warn" : "text"}
        testId="live-behind"
        words={t(wordKey("text", text))}
        small={t(wordKey("textMeans", text))}
        warn={warn}
      />
    );
  }
  return (
    <Fact
      icon="clock"
      testId="live-behind"
      words={t("behind", { seconds: (behind_ms / 1000).toFixed(1) })}
      small={t(thinned ? "behindThinned" : "behindMeans")}
      warn={thinned || behind_ms >= SLOW_MS}
    />
  );
}
