import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { EmptyState } from "../../parts/states";
import { walkRows } from "../../parts/walkRows";
import { useWithheld } from "../../records/withheld";
import { useSessions } from "../../things/session/queries";
import { NewSession } from "./NewSession";
import { SessionEntry } from "./SessionEntry";
import { byTime } from "./time";
import "../issues/issues.css";
import "./list.css";

/** Every listening session, those to come before those that were. */
export default function Sessions() {
  const { t } = useTranslation("sessions");
  const { t: common } = useTranslation();
  const list = useSessions();
  const [params] = useSearchParams();
  const [making, setMaking] = useState(params.has("new"));
  const why = useWithheld()("session.add");
  const groups = byTime(list.data ?? [], Date.now());
  const start = () => setMaking(true);
  return (
    <div className="isw">
      <div className="is ss" data-pane={making ? "open" : undefined}>
        <header className="ih">
          <h1>{t("title")}</h1>
          <span className="dim nowrap" role="status">
            {list.data ? t("head.count", { count: list.data.length }) : common("loading")}
          </span>
          <span className="grow" />
          <Button
            tone="pri"
            icon="plus"
            why={why}
            data-testid="session-new"
            aria-expanded={making}
            onClick={start}
          >
            {t("new.open")}
          </Button>
        </header>
        <div className="is-body scroll" data-region>
          <Problem error={list.error} onRetry={() => void list.refetch()} />
          {list.data?.length === 0 ? (
            <EmptyState icon="session" title={t("empty.title")} hint={t("empty.hint")}>
              <Button tone="pri" icon="plus" why={why} onClick={start}>
                {t("new.open")}
              </Button>
            </EmptyState>
          ) : (
            // biome-ignore lint/a11y/noStaticElementInteractions: arrows walk between the links inside
            <div className="ss-all" onKeyDown={walkRows}>
              {groups.map(({ when, rows }) => (
                <section key={when} aria-label={t(`group.${when}`)}>
                  <SectionHead title={t(`group.${when}`)} note={t("head.count", { count: rows.length })} />
                  <ul className="ss-list">
                    {rows.map((row, i) => (
                      <SessionEntry key={row.session.id} row={row} index={i} />
                    ))}
                  </ul>
                </section>
              ))}
            </div>
          )}
        </div>
        {making && !why ? <NewSession onClose={() => setMaking(false)} /> : null}
      </div>
    </div>
  );
}
