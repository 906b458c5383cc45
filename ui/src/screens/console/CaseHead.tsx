import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseView, Recording, SessionView } from "../../ipc";
import { enterOrEscape } from "../../keys/enterOrEscape";
import { Button } from "../../parts/Button";
import { Clash } from "../../parts/Clash";
import { Icon } from "../../parts/Icon";
import { Problem } from "../../parts/Problem";
import { Sep } from "../../parts/SectionHead";
import { wordKey } from "../../parts/words";
import { type Saved, useRecord } from "../../records/record";
import { useWritten } from "../../records/useWritten";
import { useWithheld, type Why } from "../../records/withheld";
import { clock, dayTime } from "../../text/format";
import css from "./CaseHead.module.css";
import { SessionSteps } from "./SessionSteps";
import { SoundNotices } from "./SoundNotices";
import { useConsole } from "./store";
import { TextBeside } from "./TextChoice";
import { OlderText, TextJob } from "./TextJob";

type Props = { view: CaseView; recording: Recording; session: SessionView | null };

/** Title and facts of the case; the words of the transcript stand or come here too. */
export function CaseHead({ view, recording, session }: Props) {
  const { t } = useTranslation("console");
  const { t: common } = useTranslation();
  const edit = useRecord("case", view.case);
  const why = useWithheld("case", view.case.id)("case.edit");
  const openFile = () => useConsole.setState({ tab: "file" });
  const c = edit.now;
  const { customer, agent, queue, disposition, began_at: began = null } = view.contacts[0] ?? {};
  const audible = recording.audio_sha256 !== "";
  return (
    <section className={css.head} aria-label={t("caseFacts")} data-region>
      <Title title={c.title} rev={c.rev} why={why} onSave={(title, rev) => edit.save("title", title, rev)} />
      <div className={`${css.ways} row`}>
        {session && <SessionSteps session={session} caseId={view.case.id} />}
        {audible && <TextJob view={view} />}
      </div>
      <div className={css.facts}>
        <Fact>
          {c.business_line && <bdi>{c.business_line}</bdi>}
          {c.business_line && queue && <Sep />}
          {queue && <bdi>{queue}</bdi>}
        </Fact>
        <Fact name={t("factCustomer")}>
          {customer && <bdi>{customer}</bdi>}
          {customer && c.customer_tier && <Sep />}
          {c.customer_tier && <bdi>{c.customer_tier}</bdi>}
        </Fact>
        <Fact name={t("factAgent")}>{agent && <bdi>{agent}</bdi>}</Fact>
        <span>
          {began !== null && (
            <>
              <em>{t("factStarted")}</em>
              {dayTime(began)}
              {audible && <Sep />}
            </>
          )}
          {audible && clock(recording.duration_ms)}
        </span>
        {view.live && (
          <Fact>
            <Icon name="live" size="tiny" />
            {view.live.case_id === c.id ? (
              <>
                {t("liveFacts")}
                <Sep />
                {common(wordKey("mode", view.live.mode))}
              </>
            ) : (
              t("alignedHere")
            )}
          </Fact>
        )}
        <Fact name={t("factDisposition")}>{disposition && <bdi>{disposition}</bdi>}</Fact>
        <Fact name={t("factExternal")} className={css.secondary}>
          {c.external_id && <bdi>{c.external_id}</bdi>}
        </Fact>
        {view.listener_count > 0 && (
          <span className={css.secondary}>
            <Icon name="eye" size="tiny" />
            {t("heardBy", { count: view.listener_count })}
          </span>
        )}
        <button type="button" className={`${css.editFacts} link`} onClick={openFile}>
          {t(why ? "readFacts" : "editFacts")}
        </button>
      </div>
      {audible && <SoundNotices recording={recording} />}
      {audible && <OlderText view={view} />}
      <TextBeside view={view} />
    </section>
  );
}

function Fact({ name, className, children }: { name?: string; className?: string; children: ReactNode }) {
  const empty = Array.isArray(children) ? children.every((c) => !c) : !children;
  if (empty) return null;
  return (
    <span className={className}>
      {name && <em>{name}</em>}
      {children}
    </span>
  );
}

type TitleProps = {
  title: string;
  rev: number;
  why: Why;
  onSave: (title: string, rev: number) => Promise<Saved<string>>;
};

function Title({ title, rev, why, onSave }: TitleProps) {
  const { t } = useTranslation("console");
  const [draft, setDraft] = useState<string | null>(null);
  const [readAt, setReadAt] = useState(rev);
  const { clash, error, busy, write, drop } = useWritten(onSave);
  const done = (save: boolean) => {
    const text = draft?.trim();
    setDraft(null);
    if (save && text && text !== title) void write(text, readAt);
  };
  if (clash)
    return (
      <Clash
        fields={[{ theirs: clash.theirs, mine: clash.mine }]}
        busy={busy}
        onTheirs={drop}
        onMine={() => void write(clash.mine, clash.rev)}
      />
    );
  if (draft === null) {
    return (
      <div className={css.title}>
        <Problem error={error} />
        <h1 className="cut" title={title}>
          {title}
        </h1>
        <Button
          size="small"
          tone="ghost"
          icon="edit"
          why={why}
          label={t("editTitle")}
          onClick={() => {
            setReadAt(rev);
            setDraft(title);
          }}
        />
      </div>
    );
  }
  return (
    <div className={css.title}>
      <input
        className={`${css.titleField} input`}
        aria-label={t("editTitle")}
        value={draft}
        // The field was asked for by the press that made it appear.
        ref={(el) => {
          if (el && document.activeElement !== el) el.select();
        }}
        onChange={(e) => setDraft(e.target.value)}
        onBlur={() => done(true)}
        onKeyDown={enterOrEscape(
          () => done(true),
          () => done(false),
        )}
      />
    </div>
  );
}
