import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ObservationView } from "../../../ipc";
import { useChordLabels } from "../../../keys/labels";
import { Button } from "../../../parts/Button";
import { EmptyState } from "../../../parts/states";
import { useWithheld } from "../../../records/withheld";
import { useAudible, useConsole } from "../store";
import { openFiling } from "../useConsoleKeys";
import css from "./MarkList.module.css";
import { MarkRow } from "./MarkRow";

/** What was marked in this call, in the order of the call. */
export function MarkList({ observations }: { observations: ObservationView[] }) {
  const { t } = useTranslation("console");
  const activeId = useConsole((s) => s.activeId);
  const picked = useConsole((s) => s.picked);
  const filing = useConsole((s) => s.filing !== null);
  const list = useRef<HTMLOListElement>(null);
  const chord = useChordLabels();
  const audible = useAudible();
  const why = useWithheld()("issue.create");

  // biome-ignore lint/correctness/useExhaustiveDependencies: the panel below takes room from the list
  useEffect(() => {
    if (!activeId) return;
    const row = list.current?.querySelector<HTMLElement>("[aria-current]");
    const box = list.current?.parentElement;
    if (!row || !box) return;
    // Only this list moves, never the page around it.
    const frame = box.getBoundingClientRect();
    const { top, bottom } = row.getBoundingClientRect();
    if (top < frame.top) box.scrollTop -= frame.top - top + 8;
    else if (bottom > frame.bottom) box.scrollTop += bottom - frame.bottom + 8;
  }, [activeId, filing]);

  if (observations.length === 0) {
    const key = chord("mark.add")?.text;
    if (!audible) return <EmptyState icon="mark" title={t("noMarks")} />;
    return (
      <EmptyState icon="mark" title={t("noMarks")} hint={key ? t("noMarksKey", { key }) : t("noMarksHint")} />
    );
  }
  const toggle = (id: string) => {
    if (!picked) return;
    useConsole.setState({ picked: picked.includes(id) ? picked.filter((p) => p !== id) : [...picked, id] });
  };
  return (
    <div className={`${css.list} scroll`}>
      {observations.length > 1 && (
        <div className={css.head}>
          {picked ? (
            <>
              <span className="figures">{t("pickedCount", { count: picked.length })}</span>
              <span className="grow" />
              <Button
                size="small"
                tone="primary"
                icon="issue"
                why={why}
                disabled={picked.length === 0}
                onClick={openFilingOfPicked}
              >
                {t("fileTogether")}
              </Button>
              <Button size="small" tone="ghost" onClick={() => useConsole.setState({ picked: null })}>
                {t("cancel", { ns: "common" })}
              </Button>
            </>
          ) : (
            <>
              <span className="grow" />
              <Button
                size="small"
                tone="ghost"
                onClick={() => useConsole.setState({ picked: activeId ? [activeId] : [] })}
              >
                {t("pick")}
              </Button>
            </>
          )}
        </div>
      )}
      <ol ref={list} className={css.marks}>
        {observations.map((view, i) => (
          <MarkRow
            key={view.observation.id}
            view={view}
            number={i + 1}
            active={view.observation.id === activeId}
            picked={picked ? picked.includes(view.observation.id) : null}
            onPick={() => toggle(view.observation.id)}
          />
        ))}
      </ol>
    </div>
  );
}

/** The panel stands in the composer, so one of the ticked ones has to be in it. */
function openFilingOfPicked(): void {
  const { picked, activeId } = useConsole.getState();
  const first = picked?.[0];
  if (first && (!activeId || !picked.includes(activeId))) useConsole.setState({ activeId: first });
  openFiling();
}
