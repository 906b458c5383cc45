/** The one search box. */
import { contains } from "../../app/alike";
import { isDoubtful } from "../../app/doubt";
import type { IndexState, SearchHit, SearchQuery, SearchResults, SearchScope } from "../generated/types";
import { spokenIn } from "./cases";
import { found, state } from "./state";

const none = {
  role: null,
  doubtful: false,
  case_id: null,
  start_ms: null,
  end_ms: null,
  issue_id: null,
  issue_number: null,
  observation_id: null,
  session_id: null,
  kind: null,
};

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
          ...none,
          scope,
          title: i.title,
          excerpt: i.statement.slice(0, 80),
          issue_id: i.id,
          issue_number: i.number,
        }));
    case "observation":
      return state.observations
        .filter((o) => o.deleted_at === null && has(o.text, o.quote))
        .map((o) => ({
          ...none,
          scope,
          title: found(state.cases, o.case_id).title,
          excerpt: (has(o.text) ? o.text : o.quote).slice(0, 80),
          case_id: o.case_id,
          start_ms: o.start_ms,
          end_ms: o.end_ms,
          observation_id: o.id,
        }));
    case "case":
      return state.cases
        .filter((c) => c.deleted_at === null && has(c.title, ...spokenIn(c.id)))
        .map((c) => ({ ...none, scope, title: c.title, excerpt: c.business_line, case_id: c.id }));
    case "record":
      return [...state.plain].flatMap(([kind, rows]) =>
        rows.flatMap((row) => {
          const texts = Object.values(row).filter((value) => typeof value === "string");
          const issue = state.issues.find((i) => i.id === row.issue_id);
          const session = state.sessions.find((s) => s.id === row.session_id);
          const title = issue?.title ?? session?.title ?? "";
          const of = { issue_id: issue?.id ?? null, issue_number: issue?.number ?? null };
          const hit = { ...none, ...of, scope, kind, title, session_id: session?.id ?? null };
          const said = texts.find((text) => has(text));
          return kind === "comment" || row.deleted_at !== null || !said ? [] : { ...hit, excerpt: said };
        }),
      );
    default:
      return state.recordings.flatMap((r) =>
        (state.segments.get(r.id) ?? [])
          .filter((s) => has(s.text))
          .map((s) => ({
            ...none,
            scope,
            title: found(state.cases, r.case_id).title,
            excerpt: s.text.slice(0, 80),
            role: r.roles[s.channel] ?? null,
            doubtful: isDoubtful(s),
            case_id: r.case_id,
            start_ms: s.start_ms,
            end_ms: s.end_ms,
          })),
      );
  }
}

/** How much of the index is renewed, while it is. */
const percentOf = ({ done, total }: IndexState) => (done < total ? Math.floor((100 * done) / total) : null);

const all: SearchScope[] = ["issue", "observation", "record", "case", "segment"];

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
