import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseView, Recording } from "../../../ipc";
import { useObservations } from "../../../things/mark/useObservations";
import { useCopied } from "../copyLink";
import { type Tab, useConsole } from "../store";
import { CaseFile } from "./CaseFile";
import { Composer } from "./Composer";
import { MarkList } from "./MarkList";
import css from "./RightPane.module.css";
import { SeatNotes, useSeatNotes } from "./SeatNotes";

type Props = { view: CaseView; recording: Recording; narrow: boolean };

/** What was heard, and the case file. On a narrow sheet the transcript is a third tab. */
export function RightPane({ view, recording, narrow }: Props) {
  const { t } = useTranslation("console");
  const chosen = useConsole((s) => s.tab);
  const observations = useObservations(view.case.id);
  const activeId = useConsole((s) => s.activeId);
  const active = observations.findIndex((v) => v.observation.id === activeId);
  const { notes, error } = useSeatNotes(view.case.id);
  // A mentor was there, or somebody wrote all the same.
  const seat = notes.length > 0 || error !== null || Boolean(view.live?.mentor_id);
  const shown = seat || chosen !== "notes" ? chosen : "record";
  const tab: Tab = !narrow && shown === "text" ? "record" : shown;
  const tabs: { id: Tab; name: string }[] = [
    ...(narrow ? [{ id: "text" as const, name: t("transcript") }] : []),
    { id: "record", name: t("tabRecord", { count: observations.length }) },
    ...(seat ? [{ id: "notes" as const, name: t("tabNotes", { count: notes.length }) }] : []),
    { id: "file", name: t("tabFile") },
  ];
  const current = observations[active];
  return (
    <aside className={css.pane} aria-label={t("record")} data-region data-tab={tab}>
      <div className={css.head}>
        <div className={css.tabs} role="tablist" aria-label={t("record")}>
          {tabs.map(({ id, name }, i) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-selected={tab === id}
              aria-controls="tab-panel"
              tabIndex={tab === id ? 0 : -1}
              onClick={() => useConsole.setState({ tab: id })}
              onKeyDown={(e) => {
                const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
                const next = step && tabs[(i + step + tabs.length) % tabs.length];
                if (!next) return;
                e.preventDefault();
                useConsole.setState({ tab: next.id });
                document.getElementById(`tab-${next.id}`)?.focus();
              }}
            >
              {name}
            </button>
          ))}
        </div>
        <span className="grow" />
        <Copied />
      </div>
      {tab !== "text" && (
        <div className={css.body} role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
          {tab === "file" ? (
            <CaseFile view={view} recording={recording} />
          ) : tab === "notes" ? (
            <SeatNotes notes={notes} error={error} />
          ) : (
            <>
              <MarkList observations={observations} />
              {current && (
                <Composer key={current.observation.created_at} view={current} number={active + 1} />
              )}
            </>
          )}
        </div>
      )}
    </aside>
  );
}

/** Says for a moment that the link is on the clipboard. */
function Copied() {
  const { t } = useTranslation();
  const at = useCopied((s) => s.at);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (at === 0 || Date.now() - at > 1000) return;
    setShown(true);
    const timer = setTimeout(() => setShown(false), 2500);
    return () => clearTimeout(timer);
  }, [at]);
  return (
    <span className="label" role="status">
      {shown ? t("copied") : ""}
    </span>
  );
}
