import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { Button } from "../../parts/Button";
import { ListScreen } from "../../parts/ListScreen";
import { SectionHead } from "../../parts/SectionHead";
import { EmptyState } from "../../parts/states";
import { walkRows } from "../../parts/walkRows";
import { useWithheld } from "../../records/withheld";
import { useSessions } from "../../things/session/queries";
import { NewSession } from "./NewSession";
import { SessionEntry } from "./SessionEntry";
import css from "./Sessions.module.css";
import { byTime } from "./time";

/** Every listening session, those to come before those that were. */
export default function Sessions() {
  const { t } = useTranslation("sessions");
  const list = useSessions();
  const [params] = useSearchParams();
  const [making, setMaking] = useState(params.has("new"));
  const why = useWithheld()("session.add");
  const groups = byTime(list.data ?? [], Date.now());
  const start = () => setMaking(true);
  return (
    <ListScreen
      className={css.list}
      title={t("title")}
      count={list.data ? t("head.count", { count: list.data.length }) : undefined}
      actions={
        <Button
          tone="primary"
          icon="plus"
          why={why}
          data-testid="session-new"
          aria-expanded={making}
          onClick={start}
        >
          {t("new.open")}
        </Button>
      }
      scrolls
      error={list.error}
      onRetry={() => void list.refetch()}
      empty={
        list.data?.length === 0 ? (
          <EmptyState icon="session" title={t("empty.title")} hint={t("empty.hint")}>
            <Button tone="primary" icon="plus" why={why} onClick={start}>
              {t("new.open")}
            </Button>
          </EmptyState>
        ) : null
      }
      pane={making && !why ? <NewSession onClose={() => setMaking(false)} /> : null}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows walk between the links inside */}
      <div className={css.groups} onKeyDown={walkRows}>
        {groups.map(({ when, rows }) => (
          <section key={when} aria-label={t(`group.${when}`)}>
            <SectionHead title={t(`group.${when}`)} note={t("head.count", { count: rows.length })} />
            <ul>
              {rows.map((row, i) => (
                <SessionEntry key={row.session.id} row={row} index={i} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </ListScreen>
  );
}
