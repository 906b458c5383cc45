/** The one search box. */
import { contains } from "../../app/alike";
import { isDoubtful } from "../../app/doubt";
import type {
  IndexState,
  SearchHit,
  SearchOwner,
  SearchQuery,
  SearchResults,
  SearchScope,
} from "../generated/types";
import { spokenIn } from "./cases";
import { found, state } from "./state";

function hitsOf(scope: SearchScope, text: string): SearchHit[] {
  const has = (...values: string[]) => contains(values, text);
  switch (scope) {
    case "issue":
      return state.issues
        .filter(
          (i) =>
            i.deleted_at === null && (has(i.title, i.statement) || `${i.number}` === text.replace("#", "")),
        )
        .map((i) => ({
          title: i.title,
          excerpt: i.statement.slice(0, 80),
          target: { kind: "issue", issue_id: i.id, number: i.number },
        }));
    case "observation":
      return state.observations
        .filter((o) => o.deleted_at === null && has(o.text, o.quote))
        .map((o) => ({
          title: found(state.cases, o.case_id).title,
          excerpt: (has(o.text) ? o.text : o.quote).slice(0, 80),
          target: {
            kind: "observation",
            observation_id: o.id,
            at: { case_id: o.case_id, start_ms: o.start_ms, end_ms: o.end_ms },
          },
        }));
    case "case":
      return state.cases
        .filter((c) => c.deleted_at === null && has(c.title, ...spokenIn(c.id)))
        .map((c) => ({ title: c.title, excerpt: c.business_line, target: { kind: "case", case_id: c.id } }));
    case "session":
      return state.sessions
        .filter((s) => s.deleted_at === null && has(s.title, s.theme, s.question, s.place))
        .map((s) => ({ title: s.title, excerpt: s.question, target: { kind: "session", session_id: s.id } }));
    case "tag":
      return state.tags
        .filter((t) => t.status.state !== "merged_into" && has(t.name, t.definition, ...t.aliases))
        .map((t) => ({
          title: t.name,
          excerpt: t.definition,
          target: { kind: "tag", tag_id: t.id, retired: t.status.state === "retired" },
        }));
    case "person":
      return state.people
        .filter((p) => p.merged_into === null && has(p.name, p.org_unit))
        .map((p) => ({ title: p.name, excerpt: p.org_unit, target: { kind: "person", person_id: p.id } }));
    case "record":
      return [...state.plain].flatMap(([kind, rows]) =>
        rows.flatMap((row) => {
          const texts = Object.values(row).filter((value) => typeof value === "string");
          const issue = state.issues.find((i) => i.id === row.issue_id);
          const session = state.sessions.find((s) => s.id === row.session_id);
          const title = issue?.title ?? session?.title ?? "";
          const of: SearchOwner = issue
            ? { kind: "issue", issue_id: issue.id, number: issue.number }
            : { kind: "session", session_id: session?.id ?? "" };
          const hit = { title, target: { kind: "record" as const, record: kind, of } };
          const said = texts.find((text) => has(text));
          return kind === "comment" || row.deleted_at !== null || !said ? [] : { ...hit, excerpt: said };
        }),
      );
    default:
      return state.recordings.flatMap((r) =>
        (state.segments.get(r.id) ?? [])
          .filter((s) => has(s.text))
          .map((s) => ({
            title: found(state.cases, r.case_id).title,
            excerpt: s.text.slice(0, 80),
            target: {
              kind: "segment" as const,
              role: r.roles[s.channel] ?? "unknown",
              doubtful: isDoubtful(s),
              at: { case_id: r.case_id, start_ms: s.start_ms, end_ms: s.end_ms },
            },
          })),
      );
  }
}

/** How much of the index is renewed, while it is. */
const percentOf = ({ done, total }: IndexState) => (done < total ? Math.floor((100 * done) / total) : null);

const all: SearchScope[] = ["issue", "observation", "record", "session", "case", "tag", "person", "segment"];

export const searchCommands = {
  search: ({ text, scopes, limit }: SearchQuery): SearchResults => {
    const wanted = scopes.length === 0 ? all : all.filter((s) => scopes.includes(s));
    const groups = wanted.map((scope) => ({ scope, hits: hitsOf(scope, text.trim()) }));
    return {
      hits: groups.flatMap((g) => g.hits.slice(0, limit)),
      more: groups.filter((g) => g.hits.length > limit).map((g) => g.scope),
      left_out: text.split(/\s+/).filter((piece) => /^\p{P}+$/u.test(piece)),
      renewing: percentOf(state.index),
    };
  },
};
