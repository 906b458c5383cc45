import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { chordOf, isComposing } from "../../keys/chord";
import { Problem } from "../../parts/Problem";
import { isHurt, Rescue } from "../../parts/Rescue";
import { Seg } from "../../parts/Seg";
import { ErrorNote } from "../../parts/states";
import { useDoors, useEntering } from "../../seat/doors";
import { type Language, languages, ownName, usePrefs } from "../../seat/prefs";
import { DoorRow } from "./DoorRow";
import { type DoorWords, doorRows } from "./doors";
import css from "./welcome.module.css";

/** The first thing a newcomer sees: what this is in one sentence, and three ways in. */
export default function Welcome() {
  const { t } = useTranslation("welcome");
  const { t: common } = useTranslation();
  const doors = useDoors();
  const entering = useEntering();
  const rows = doorRows(doors.data);
  const known = !doors.isPending;
  useDoorKeys(known ? rows : [], entering.go);
  return (
    <main className={`${css.screen} scroll`} data-testid="welcome">
      <div className={css.page}>
        <header>
          <div className={css.seal} aria-hidden="true">
            {t("seal")}
          </div>
          <div className="grow">
            <h1>
              <span className="unseen">{common("appName")} </span>
              {t("title")}
            </h1>
            <p>{t("what")}</p>
          </div>
        </header>
        {doors.data?.last_problem ? (
          <section className={css.last} aria-label={t("lastProblem")} data-testid="welcome-last">
            <h2>{t("lastProblem")}</h2>
            <div className={css.lastProblem}>
              <ErrorNote note={doors.data.last_problem} />
            </div>
            {doors.data.last_problem.code === "workspace.gone" ? null : (
              <p className="quiet">{t("lastSafe")}</p>
            )}
            {isHurt(doors.data.last_problem) ? <Rescue hurt /> : null}
          </section>
        ) : null}
        <Problem error={doors.error} onRetry={() => void doors.refetch()} />
        {known ? (
          <ol className={css.doors} aria-label={t("doors")}>
            {rows.map((row, i) => (
              <DoorRow
                key={row.door}
                row={row}
                digit={i + 1}
                focused={i === 0}
                working={entering.through === row.door}
                waiting={entering.through !== null && entering.through !== row.door}
                problem={entering.stuck?.door === row.door ? entering.stuck.error : null}
                onGo={() => entering.go(row.door)}
              />
            ))}
          </ol>
        ) : (
          <p className={`${css.looking} faint`} role="status">
            {common("loading")}
          </p>
        )}
        <footer>
          <p>{t("quiet")}</p>
          <LanguageSwitch />
        </footer>
      </div>
    </main>
  );
}

function LanguageSwitch() {
  const { t } = useTranslation("welcome");
  const { language, set } = usePrefs();
  return (
    <Seg<Language>
      small
      label={t("language")}
      value={language}
      onChange={(next) => set({ language: next })}
      options={languages.map((value) => ({ value, label: ownName(value), testId: `language-${value}` }))}
    />
  );
}

/** 1, 2 and 3 go through the doors as they stand. */
function useDoorKeys(rows: DoorWords[], go: (door: DoorWords["door"]) => void): void {
  const latest = useRef({ rows, go });
  latest.current = { rows, go };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isComposing(event) || event.repeat) return;
      const row = latest.current.rows[["1", "2", "3"].indexOf(chordOf(event))];
      if (!row) return;
      event.preventDefault();
      latest.current.go(row.door);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
