import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EvidenceRelation, IssueView, Person } from "../../ipc";
import { useActionWords } from "../../parts/actionWords";
import { Button } from "../../parts/Button";
import { SectionHead } from "../../parts/SectionHead";
import { day, dayTime } from "../../text/format";
import { dueText } from "../../things/issue/lifecycle";
import { useLife } from "../../things/issue/useLife";
import css from "./History.module.css";
import { ERASED, type HistoryLine, historyLines, isLong, type Sentence } from "./history";

/** Lines shown before the person asks for more. */
const shownAtFirst = 8;

/** What happened to the issue, in sentences, newest first. */
export function History({ view, people }: { view: IssueView; people: Person[] }) {
  const { t } = useTranslation("issues");
  const lines = useMemo(() => historyLines(view.history, view.row.issue.id), [view]);
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, shownAtFirst);
  return (
    <section aria-label={t("history.title")}>
      <SectionHead title={t("history.title")} />
      <ol className={css.events}>
        {shown.map((line) => (
          <Line key={line.key} line={line} people={people} />
        ))}
      </ol>
      {lines.length > shown.length ? (
        <Button size="small" tone="ghost" onClick={() => setAll(true)}>
          {t("history.more", { count: lines.length - shown.length })}
        </Button>
      ) : null}
    </section>
  );
}

function Line({ line, people }: { line: HistoryLine; people: Person[] }) {
  const { t } = useTranslation("issues");
  const say = useSentence(people);
  return (
    <li data-weighty={line.weighty ? "" : undefined}>
      <time dateTime={new Date(line.at).toISOString()} title={dayTime(line.at)}>
        {day(line.at)}
      </time>
      <div>
        <p>
          <bdi className="quiet">{line.author}</bdi> <bdi>{say(line.said)}</bdi>
        </p>
        {line.long ? (
          <details>
            <summary className="link small">{t("history.showText")}</summary>
            <p className="label">{t("history.before")}</p>
            <p className={css.before}>{line.long.before || t("history.empty")}</p>
            <p className="label">{t("history.after")}</p>
            <p>{line.long.after || t("history.empty")}</p>
          </details>
        ) : null}
      </div>
    </li>
  );
}

/** Words a sentence in the language of the UI. */
function useSentence(people: Person[]): (s: Sentence) => string {
  const { t } = useTranslation("issues");
  const life = useLife();
  const done = useActionWords();
  const value = (field: string, v: unknown): string => {
    if (v === null || v === undefined || v === "" || v === 0) return "";
    if (field === "owner_id") return people.find((p) => p.id === v)?.name ?? "";
    if (field === "due") return dueText(Number(v), Date.now());
    if (field === "urgency") return `U${v}`;
    if (field === "difficulty") return `D${v}`;
    return String(v);
  };
  const shown = (text: string): string => (text === ERASED ? t("history.erasedWords") : text);
  return (s) => {
    switch (s.say) {
      case "created":
        return t("history.created", { title: shown(s.title) });
      case "status": {
        const words = { before: life.status(s.before), after: life.status(s.after) };
        return s.reason
          ? t("history.statusWhy", { ...words, reason: shown(s.reason) })
          : t("history.status", words);
      }
      case "plain":
        return s.text ? t("history.plain", { done: done(s.action), text: shown(s.text) }) : done(s.action);
      case "commented":
        return t("history.commented", { text: shown(s.text) });
      case "attached":
      case "detached":
      case "reattached":
      case "movedIn":
      case "movedOut":
        return t(`history.${s.say}`, { count: s.count });
      case "relation":
        return t("history.relation", {
          before: t(`relation.${s.before as EvidenceRelation}`),
          after: t(`relation.${s.after as EvidenceRelation}`),
        });
      case "importance":
        return t("history.importance", s);
      case "erased":
        return t("history.erased", { field: t(`field.${s.field}` as "field.title") });
      case "field": {
        const field = t(`field.${s.field}` as "field.title");
        if (isLong(s.field, s)) return t("history.rewritten", { field });
        const before = value(s.field, s.before);
        const after = value(s.field, s.after);
        if (!before && !after) return t("history.other", { field });
        if (!before) return t("history.set", { field, after });
        if (!after) return t("history.cleared", { field, before });
        return t("history.changed", { field, before, after });
      }
      default:
        return t(`history.${s.say}`);
    }
  };
}
