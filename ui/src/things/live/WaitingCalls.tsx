import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { AlignView } from "../../ipc";
import { buttonLook } from "../../parts/Button";
import { FactLine } from "../../parts/FactLine";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { clock, dayTime } from "../../text/format";
import css from "./calls.module.css";
import { alignPath, bestOf, useWaiting } from "./queries";
import { sureWord } from "./sure";

/** Calls of which no sound was kept, until their recording is imported. */
export function WaitingCalls() {
  const { t } = useTranslation("align");
  const { data, error, refetch } = useWaiting();
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data || data.length === 0) return null;
  return (
    <section aria-label={t("waiting.title")} data-region>
      <SectionHead title={t("waiting.title")} note={t("waiting.note")} />
      <ul className={css.calls}>
        {data.map((view) => (
          <Waiting key={view.call.id} view={view} />
        ))}
      </ul>
    </section>
  );
}

function Waiting({ view }: { view: AlignView }) {
  const { t } = useTranslation("align");
  const { call, case: c, marks } = view;
  const best = bestOf(view);
  const facts = [
    t("waiting.started", { time: dayTime(call.started_at) }),
    clock(view.duration_ms),
    t("rescued.marks", { count: marks.length }),
    call.mode === "text_only" ? t("waiting.textKept") : null,
  ];
  return (
    <li data-testid="waiting-call">
      <div className="grow">
        <Link href={`/case/${c.id}`} className={css.title}>
          <b className="cut" title={c.title}>
            <bdi>{c.title}</bdi>
          </b>
        </Link>
        <FactLine facts={facts} />
      </div>
      <p className={`${css.best} small`}>
        {best ? (
          <>
            <span className={best.confidence >= 70 ? "is-good" : "faint"}>
              {t(sureWord(best.confidence))} {t("percent", { n: best.confidence })}
            </span>
            <bdi className="cut" title={best.case.title}>
              {t("waiting.best", { title: best.case.title })}
            </bdi>
          </>
        ) : (
          <span className="faint">{t("waiting.none")}</span>
        )}
      </p>
      <Link
        href={alignPath(call.id)}
        {...buttonLook({ size: "small" })}
        aria-label={t("waiting.openOne", { title: c.title })}
        data-testid="align-open"
      >
        {t("waiting.open")}
      </Link>
    </li>
  );
}
