import { Popover } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseFilter } from "../../ipc";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { moveFocus } from "../../parts/moveFocus";
import { Pop } from "../../parts/Pop";
import css from "./FilterMenu.module.css";
import {
  type Between,
  keyOf,
  type Measure,
  measures,
  narrow,
  type OneOf,
  states,
  type WordFact,
  wordFacts,
} from "./filters";
import { MeasurePanel, SessionPanel, StatePanel } from "./Panels";
import type { LibraryState } from "./state";
import type { HeardIn } from "./useCalls";
import { WordPanel } from "./WordPanel";

/** What one looks at: a fact, what became of calls, or their sessions. */
type Subject = WordFact | Measure | "became" | "session";

type Props = { state: LibraryState; sessions: readonly HeardIn[] };

/** One button, and under it what the library can be narrowed by. */
export function FilterMenu({ state, sessions }: Props) {
  const { t } = useTranslation("library");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState<Subject | null>(null);
  // Whoever comes back goes on where they left.
  const [left, setLeft] = useState<Subject | null>(null);
  const count = state.filters.length;
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setAt(null);
        setLeft(null);
      }}
    >
      <Popover.Trigger asChild>
        <Button icon="filter" data-testid="filter-open">
          {count > 0 ? t("filter.on", { count }) : t("filter.open")}
        </Button>
      </Popover.Trigger>
      <Pop className={css.pop} align="start" aria-label={t("filter.open")}>
        {at === null ? (
          <Subjects state={state} sessions={sessions} left={left} onPick={setAt} />
        ) : (
          <Panel
            at={at}
            state={state}
            sessions={sessions}
            onBack={() => {
              setLeft(at);
              setAt(null);
            }}
          />
        )}
      </Pop>
    </Popover.Root>
  );
}

type SubjectsProps = Props & { left: Subject | null; onPick: (at: Subject) => void };

function Subjects({ state, sessions, left, onPick }: SubjectsProps) {
  const { t } = useTranslation("library");
  const keys = new Set(state.filters.map(keyOf));
  const became = states.some((one) => keys.has(one));
  const line = (at: Subject, name: string, on: boolean) => (
    <button
      key={at}
      type="button"
      className="choice"
      // biome-ignore lint/a11y/noAutofocus: the person comes back from there
      autoFocus={at === left}
      onClick={() => onPick(at)}
    >
      <span>{name}</span>
      {on ? (
        <>
          <span className="unseen">{t("filter.isOn")}</span>
          <Icon name="check" size="small" />
        </>
      ) : null}
    </button>
  );
  return (
    <div role="group" aria-label={t("filter.by")} className={`${css.subjects} scroll`} onKeyDown={moveFocus}>
      {[...wordFacts, ...measures].map((fact) => line(fact, t(`fact.${fact}`), keys.has(fact)))}
      {line("became", t("filter.became"), became)}
      {sessions.length > 0 ? line("session", t("filter.session"), keys.has("session")) : null}
    </div>
  );
}

type PanelProps = Props & { at: Subject; onBack: () => void };

function Panel({ at, state, sessions, onBack }: PanelProps) {
  const { t } = useTranslation("library");
  const name = at === "became" || at === "session" ? t(`filter.${at}`) : t(`fact.${at}`);
  return (
    <section aria-label={name} className={css.panel}>
      <div className="row">
        <Button size="small" tone="ghost" icon="left" label={t("filter.back")} autoFocus onClick={onBack} />
        <b className="grow">{name}</b>
      </div>
      <PanelOf at={at} state={state} sessions={sessions} />
    </section>
  );
}

function PanelOf({ at, state, sessions }: Props & { at: Subject }) {
  if (at === "became") return <StatePanel filters={state.filters} />;
  if (at === "session") return <SessionPanel filters={state.filters} sessions={sessions} />;
  const stands = state.filters.find((filter) => keyOf(filter) === at);
  const change = (filter: CaseFilter | null) => narrow(at, filter);
  return isMeasure(at) ? (
    <MeasurePanel fact={at} stands={stands as Between | undefined} onChange={change} />
  ) : (
    <WordPanel fact={at} stands={stands as OneOf | undefined} state={state} onChange={change} />
  );
}

const isMeasure = (at: WordFact | Measure): at is Measure => measures.some((one) => one === at);
