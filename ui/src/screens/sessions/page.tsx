import { useMutation } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useSearch } from "wouter";
import type { SessionView } from "../../ipc";
import { asNote, ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { CopyLink } from "../../parts/CopyLink";
import { DetailHead, DetailLoading, DetailScreen, DetailTitle } from "../../parts/DetailScreen";
import { InlineText } from "../../parts/InlineText";
import { Problem } from "../../parts/Problem";
import { EmptyState } from "../../parts/states";
import { type RecordEdit, useRecord } from "../../records/record";
import { useWithheld } from "../../records/withheld";
import { useTrail } from "../../seat/crumbs";
import { QuickReplay } from "../../things/mark/QuickReplay";
import { replayRefresh, useReplayHome } from "../../things/mark/replay";
import { Commitments } from "../../things/session/Commitments";
import { heardInPath, liveInPath, parts } from "../../things/session/paths";
import { useSession } from "../../things/session/queries";
import { Facts } from "./Facts";
import { Heard } from "./Heard";
import { marksAsClips } from "./marks";
import { Playlist } from "./Playlist";
import css from "./page.module.css";
import { RestingIssues } from "./RestingIssues";

type SessionText = "title" | "theme" | "question";

/** The page of one session: what it asks, what is listened to, what was heard, and what came of it. */
export default function SessionPage({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation("sessions");
  const [, go] = useLocation();
  const session = useSession(sessionId);
  useTrail(session.data?.row.session.title ?? "");
  if (session.error) {
    return asNote(session.error).code === "not_found" ? (
      <EmptyState icon="session" title={t("page.gone")} hint={t("page.goneHint")}>
        <Button onClick={() => go("/sessions")}>{t("page.toList")}</Button>
      </EmptyState>
    ) : (
      <Problem error={session.error} onRetry={() => void session.refetch()} />
    );
  }
  if (session.data) return <Page view={session.data} />;
  return <DetailLoading>{t("page.loading")}</DetailLoading>;
}

function Page({ view: read }: { view: SessionView }) {
  const { t } = useTranslation("sessions");
  const edit = useRecord("session", read.row.session);
  const session = edit.now;
  const view = useMemo(() => ({ ...read, row: { ...read.row, session } }), [read, session]);
  const clips = useMemo(() => marksAsClips(view), [view]);
  const main = useRef<HTMLDivElement>(null);
  const search = useSearch();
  const see = parts.find((part) => part === new URLSearchParams(search).get("see"));
  useReplayHome();
  useEffect(() => replayRefresh(session.id, clips), [session.id, clips]);
  // A count in the list leads to its rows: the first of them has the focus.
  useEffect(() => {
    const part = see && main.current?.querySelector(`[data-rows="${see}"]`);
    if (!part) return;
    part.scrollIntoView({ block: "start" });
    part.querySelector<HTMLElement>("[data-rowlink], li button, button")?.focus({ preventScroll: true });
  }, [see]);
  return (
    <DetailScreen
      ref={main}
      className={css.page}
      side={{
        name: t("facts.title"),
        content: (
          <>
            <Facts view={view} edit={edit} />
            <Commitments of={{ field: "session_id", id: session.id }} />
          </>
        ),
      }}
      foot={<QuickReplay />}
    >
      <Head view={view} edit={edit} />
      <Problem error={edit.error} />
      <Playlist view={view} edit={edit} />
      <Heard view={view} clips={clips} />
      <RestingIssues view={view} />
    </DetailScreen>
  );
}

function Head({ view, edit }: { view: SessionView; edit: RecordEdit<"session"> }) {
  const { t } = useTranslation("sessions");
  const [, go] = useLocation();
  const { session } = view.row;
  const first = view.cases[0];
  const why = useWithheld("session", session.id);
  const remove = useMutation({
    mutationFn: () => ipc.deleteSession(session.id),
    onSuccess: () => go("/sessions"),
  });
  const text = (field: SessionText) => ({
    label: t(`field.${field}`),
    value: session[field],
    rev: session.rev,
    why: why("session.edit"),
    onSave: (words: string, rev: number) => edit.save(field, words, rev),
  });
  return (
    <DetailHead
      name={t("page.about")}
      className={css.words}
      actions={
        <>
          {first ? (
            <Button
              tone="primary"
              icon="headphones"
              data-testid="session-listen"
              onClick={() => go(heardInPath(first.case.id, session.id))}
            >
              {t("page.listen")}
            </Button>
          ) : null}
          <Button icon="live" data-testid="session-live" onClick={() => go(liveInPath(session.id))}>
            {t("page.live")}
          </Button>
          <CopyLink link={{ to: "session", session_id: session.id }} />
          <Button
            tone="ghost"
            icon="trash"
            why={why("session.delete")}
            label={t("page.delete")}
            data-testid="session-delete"
            disabled={remove.isPending}
            onClick={() => remove.mutate()}
          />
        </>
      }
    >
      <DetailTitle {...text("title")}>
        <h1>
          <bdi>{session.title}</bdi>
        </h1>
      </DetailTitle>
      <InlineText {...text("theme")} openerClassName={css.themeOpener} placeholder={t("new.themeHint")}>
        {session.theme ? (
          <p className="quiet">
            <bdi>{session.theme}</bdi>
          </p>
        ) : (
          <p className="faint">{t("page.addTheme")}</p>
        )}
      </InlineText>
      <InlineText
        {...text("question")}
        long
        className={css.question}
        openerClassName={css.questionOpener}
        fieldClassName={css.questionField}
        placeholder={t("new.questionHint")}
      >
        {session.question ? (
          <p className="pre">
            <bdi>{session.question}</bdi>
          </p>
        ) : (
          <p className="faint">{t("page.addQuestion")}</p>
        )}
      </InlineText>
      <Problem error={remove.error} />
    </DetailHead>
  );
}
