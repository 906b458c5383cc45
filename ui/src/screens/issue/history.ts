import { i18nHas } from "../../i18n";
import type { Change, ChangeView, FieldChange, Issue, IssueStatus } from "../../ipc";

/** One line of an issue's history: what is said, and long texts to look at. */
export interface HistoryLine {
  key: string;
  at: number;
  author: string;
  /** Steps that changed where the issue stands. */
  weighty: boolean;
  said: Sentence;
  long?: { field: string; before: string; after: string };
}

/** A sentence before it has words: the UI finds them in its language. */
export type Sentence =
  | { say: "created"; title: string }
  | { say: "status"; before: IssueStatus; after: IssueStatus; reason: string }
  | { say: "merged" | "unmerged" | "comment" | "uncommented" | "removed" | "restored" }
  | { say: "attached" | "detached" | "reattached" | "movedIn" | "movedOut"; count: number }
  | { say: "relation"; before: string; after: string }
  | { say: "importance"; before: string; after: string }
  | { say: "commented"; text: string }
  | { say: "plain"; action: string; text: string }
  | { say: "field"; field: string; before: unknown; after: unknown }
  | { say: "erased"; field: string };

/** Stands where words stood that were taken away for good; the UI words it. */
export const ERASED = "\u0000erased";

const values = (f: FieldChange | undefined): { before: unknown; after: unknown } | undefined =>
  f === undefined || "erased" in f ? undefined : f;

/** What a field says after a change, as text. */
const words = (f: FieldChange | undefined): string =>
  f && "erased" in f ? ERASED : String(values(f)?.after ?? "");

/** Fields of an issue that history words one by one: those the language has a name for. */
const isWorded = (field: string): boolean => field !== "status" && i18nHas("issues", `field.${field}`);

/** Texts of several sentences, which are looked at and not quoted. */
const longNames: ReadonlySet<string> = new Set(["statement", "root_cause"]);
const longFrom = 60;
export const isLong = (field: string, { before, after }: { before: unknown; after: unknown }): boolean =>
  longNames.has(field) || [before, after].some((text) => typeof text === "string" && text.length >= longFrom);

const isSet = (f: FieldChange | undefined): boolean => f !== undefined && values(f)?.after !== null;
const isCleared = (f: FieldChange | undefined): boolean => values(f)?.after === null;

/** Sentences for one change of the issue itself. */
const ofIssue = (change: Change): Sentence[] => {
  const { fields } = change;
  if (change.created) return [{ say: "created", title: words(fields.title) }];
  const said: Sentence[] = [];
  if (isSet(fields.deleted_at)) said.push({ say: "removed" });
  else if (isCleared(fields.deleted_at)) said.push({ say: "restored" });
  const merged = fields.merged_into;
  if (merged) said.push({ say: isCleared(merged) ? "unmerged" : "merged" });
  else if (fields.status) {
    const { before, after } = values(fields.status) ?? {};
    const reason = words(fields.status_reason);
    said.push({ say: "status", before: before as IssueStatus, after: after as IssueStatus, reason });
  }
  for (const [field, change] of Object.entries(fields)) {
    if (!isWorded(field)) continue;
    const told = values(change);
    said.push(told ? { say: "field", field, ...told } : { say: "erased", field });
  }
  return said;
};

const ends = (f: FieldChange): { before: string; after: string } => {
  const { before, after } = values(f) ?? {};
  return { before: String(before), after: String(after) };
};

/** What one change of a link means for the issue whose page is open. */
const ofLink = ({ created, fields }: Change, issueId: Issue["id"]): Sentence | null => {
  if (created) return { say: "attached", count: 1 };
  if (fields.issue_id)
    return { say: values(fields.issue_id)?.after === issueId ? "movedIn" : "movedOut", count: 1 };
  if (fields.deleted_at) return { say: isSet(fields.deleted_at) ? "detached" : "reattached", count: 1 };
  if (fields.relation) return { say: "relation", ...ends(fields.relation) };
  if (fields.importance) return { say: "importance", ...ends(fields.importance) };
  return null;
};

const ofComment = ({ created, fields }: Change): Sentence => {
  if (created) return { say: "commented", text: words(fields.text) };
  return { say: isSet(fields.deleted_at) ? "uncommented" : "comment" };
};

/** Of a record that is kept by what it declares alone: what was done, and the words that came with it. */
const ofPlain = ({ action, fields }: Change): Sentence => {
  const told = Object.entries(fields).filter(([name]) => !name.endsWith("_id") && name !== "id");
  const said = told.map(([, f]) => ("erased" in f ? ERASED : f.after));
  const text = said.find((after) => typeof after === "string" && after !== "");
  return { say: "plain", action, text: typeof text === "string" ? text : "" };
};

/** Steps that moved the issue on. */
const isWeighty = (s: Sentence): boolean =>
  s.say === "created" ||
  s.say === "status" ||
  s.say === "merged" ||
  s.say === "unmerged" ||
  s.say === "removed";

/** Turns the change log into sentences; several links of one operation are counted together. */
export const historyLines = (history: readonly ChangeView[], issueId: Issue["id"]): HistoryLine[] => {
  const lines: HistoryLine[] = [];
  for (const { change, author } of history) {
    const said =
      change.entity === "issue"
        ? change.entity_id === issueId
          ? ofIssue(change)
          : []
        : change.entity === "issue_link"
          ? [ofLink(change, issueId)]
          : change.entity === "comment"
            ? [ofComment(change)]
            : [ofPlain(change)];
    for (const sentence of said) {
      if (!sentence) continue;
      const last = lines.at(-1);
      const same = last?.key.startsWith(`${change.op_id}:`) && last.said.say === sentence.say;
      if (last && same && "count" in last.said) {
        last.said.count += 1;
        continue;
      }
      const line: HistoryLine = {
        key: `${change.op_id}:${change.seq}:${lines.length}`,
        at: change.at,
        author,
        weighty: isWeighty(sentence),
        said: sentence,
      };
      if (sentence.say === "field" && isLong(sentence.field, sentence))
        line.long = {
          field: sentence.field,
          before: String(sentence.before ?? ""),
          after: String(sentence.after ?? ""),
        };
      lines.push(line);
    }
  }
  return lines;
};

/** When the issue entered each stage and who moved it there, newest entry first in `history`. */
export const enteredAt = (
  history: readonly ChangeView[],
  issueId: Issue["id"],
  is: (status: IssueStatus) => boolean,
): { at: number; author: string } | null => {
  for (const { change, author } of history) {
    if (change.entity !== "issue" || change.entity_id !== issueId) continue;
    const after = values(change.fields.status)?.after;
    if (typeof after === "string" && is(after as IssueStatus)) return { at: change.at, author };
  }
  return null;
};
