import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearch } from "wouter";
import {
  asNote,
  type ConsentBasis,
  type ErrorNote,
  ipc,
  type ListenMode,
  type LiveChoices,
  type LiveLane,
  type NoticeGiven,
} from "../../../ipc";
import { Problem } from "../../../parts/Problem";
import { ErrorNote as Note } from "../../../parts/states";
import { ofMachine } from "../../../records/queries";
import { useWithheld } from "../../../records/withheld";
import { accept } from "../../../things/live/call";
import { RecoveredCalls } from "../../../things/live/RecoveredCalls";
import { WaitingCalls } from "../../../things/live/WaitingCalls";
import { usePeople } from "../../../things/person/queries";
import { useSessions } from "../../../things/session/queries";
import { Consent } from "./Consent";
import { FactFields, type Facts } from "./Facts";
import { Foot, type Missing } from "./Foot";
import { Lanes } from "./Lanes";
import { areSame } from "./laneRules";
import { Modes } from "./Modes";
import { useMemory } from "./memory";
import css from "./SetUp.module.css";
import { SoundTest } from "./SoundTest";
import { endCheck, useCheck } from "./useCheck";

/** Before the call: what becomes of the sound, where it comes from, and on what ground it is kept. */
export function SetUp() {
  const { t } = useTranslation("live");
  const choices = useQuery({
    queryKey: ["live_choices"],
    queryFn: ipc.liveChoices,
    staleTime: 0,
    gcTime: 0,
    meta: ofMachine,
  });
  return (
    <div className={`${css.page} scroll`} data-region>
      <h1 className="unseen">{t("beforeTitle")}</h1>
      <RecoveredCalls />
      <Problem error={choices.error} onRetry={() => void choices.refetch()} />
      {choices.data && <SetUpForm choices={choices.data} onLook={() => void choices.refetch()} />}
      <WaitingCalls />
    </div>
  );
}

type FormProps = { choices: LiveChoices; onLook: () => void };

function SetUpForm({ choices, onLook }: FormProps) {
  const { t } = useTranslation("live");
  const set = useSettings(choices);
  const { mode, lanes, consent, notice, facts } = set;
  const heard = mode !== "clock_only";
  const [looks, setLooks] = useState(0);
  const problem = useCheck(heard && !areSame(lanes) ? lanes : [], looks);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<ErrorNote | null>(null);
  const [asked, setAsked] = useState(false);
  const why = useWithheld()("live.begin");
  const form = useRef<HTMLFormElement>(null);
  const missing: Missing[] = heard
    ? [
        ...(lanes.length === 0 ? ["source" as const] : []),
        ...(areSame(lanes) ? ["other_source" as const] : []),
        ...(consent === null ? ["consent" as const] : []),
        ...(notice === null ? ["notice" as const] : []),
      ]
    : [];

  useEffect(() => {
    // The second call is two clicks, or Enter.
    if (document.activeElement === document.body)
      form.current?.querySelector<HTMLElement>("[data-testid=live-start]")?.focus();
  }, []);

  const begin = async (e: FormEvent) => {
    e.preventDefault();
    if (busy || why) return;
    const [first] = missing;
    if (first) {
      setAsked(true);
      form.current?.querySelector<HTMLElement>(`[data-missing=${first}]`)?.focus();
      return;
    }
    setBusy(true);
    setFailed(null);
    useMemory.setState({
      ...(heard ? { consent, notice } : {}),
      businessLine: facts.business_line,
      agent: facts.agent,
      mentorId: facts.mentor_id,
    });
    try {
      await endCheck();
      accept(await ipc.liveBegin(request(set)));
    } catch (thrown) {
      setFailed(asNote(thrown));
      setBusy(false);
    }
  };

  return (
    <form ref={form} className={css.form} onSubmit={begin} noValidate>
      <div className={css.columns}>
        <div className={css.sound}>
          <Modes mode={mode} hasModel={choices.has_model} onChange={set.setMode} />
          {heard && (
            <>
              <Lanes
                choices={choices}
                lanes={lanes}
                onChange={set.setLanes}
                onLook={() => {
                  onLook();
                  setLooks(looks + 1);
                }}
                problem={problem}
              />
              <SoundTest lanes={lanes} broken={problem !== null} />
              <Consent
                consent={consent}
                notice={notice}
                asked={asked}
                onConsent={set.setConsent}
                onNotice={set.setNotice}
              />
            </>
          )}
          {!heard && <p className={css.calm}>{t("clockMeans")}</p>}
        </div>
        <div>
          <FactFields facts={facts} mode={mode} onChange={set.setFacts} />
        </div>
      </div>
      <Foot mode={mode} minutes={choices.disk_minutes} missing={missing} busy={busy} why={why}>
        {failed && <Note note={failed} onDismiss={() => setFailed(null)} />}
      </Foot>
    </form>
  );
}

/** The choices of this page, beginning with what was chosen last time. */
function useSettings(choices: LiveChoices) {
  const remembered = useMemory.getState();
  const inSession = new URLSearchParams(useSearch()).get("session") ?? "";
  const [mode, setMode] = useState<ListenMode>(
    choices.mode === "text_only" && !choices.has_model ? "record" : choices.mode,
  );
  const [lanes, setLanes] = useState<LiveLane[]>(choices.lanes);
  const [consent, setConsent] = useState<ConsentBasis | null>(remembered.consent);
  const [notice, setNotice] = useState<NoticeGiven | null>(remembered.notice);
  const [facts, setFacts] = useState<Facts>({
    title: "",
    business_line: remembered.businessLine,
    agent: remembered.agent,
    customer: "",
    mentor_id: remembered.mentorId,
    session_id: inSession,
    anchor: "",
  });
  const people = usePeople().data;
  const sessions = useSessions().data;
  // Somebody or some session that is gone since is nobody and none.
  const known: Facts = {
    ...facts,
    mentor_id: people?.every((p) => p.id !== facts.mentor_id) ? "" : facts.mentor_id,
    session_id: sessions?.every((s) => s.session.id !== facts.session_id) ? "" : facts.session_id,
  };
  return { mode, setMode, lanes, setLanes, consent, setConsent, notice, setNotice, facts: known, setFacts };
}

function request({ mode, lanes, consent, notice, facts }: ReturnType<typeof useSettings>) {
  const heard = mode !== "clock_only";
  return {
    title: facts.title.trim(),
    business_line: facts.business_line.trim(),
    agent: facts.agent.trim(),
    customer: facts.customer.trim(),
    mode,
    lanes: heard ? lanes : [],
    consent: heard ? consent : null,
    notice: heard ? notice : null,
    mentor_id: facts.mentor_id || null,
    session_id: facts.session_id || null,
    anchor: facts.anchor.trim(),
  };
}
