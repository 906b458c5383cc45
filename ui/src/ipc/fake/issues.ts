/** The issue list. */
import type {
  AttachRequest,
  Comment,
  Count,
  EvidenceRelation,
  EvidenceView,
  Issue,
  IssueFacets,
  IssueLink,
  IssueListView,
  IssueMerge,
  IssueQuery,
  IssueRow,
  IssueStatus,
  IssueView,
  NewIssue,
  SimilarRequest,
  Stage,
  StatusChange,
} from "../generated/types";
import { change, checkRev, contactsOf, found, meta, newId, plainRows, refuse, state } from "./state";

const stageOf: Record<Issue["status"], Stage> = {
  new: "sense",
  clarified: "sense",
  triage: "judge",
  claimed: "judge",
  merged: "judge",
  declined: "judge",
  rule_proposal: "judge",
  in_progress: "act",
  pilot: "act",
  grey: "act",
  full: "act",
  to_verify: "verify",
  verified_closed: "verify",
  reopened: "verify",
};
const statuses = Object.keys(stageOf) as IssueStatus[];
const order: Stage[] = ["sense", "judge", "act", "verify"];
const closed = (s: IssueStatus) => s === "merged" || s === "declined" || s === "verified_closed";

const linksOf = (id: string): IssueLink[] =>
  state.links.filter((l) => l.issue_id === id && l.deleted_at === null);
const live = (): Issue[] => state.issues.filter((i) => i.deleted_at === null);

export function issueRow(issue: Issue): IssueRow {
  const links = linksOf(issue.id);
  const heard = links.map((l) => found(state.observations, l.observation_id));
  const cases = new Set(heard.map((o) => o.case_id));
  const named = (id: string) => contactsOf(id).flatMap(({ customer }) => customer || []);
  const customers = new Set([...cases].flatMap((id) => (named(id).length > 0 ? named(id) : id)));
  const first = heard[0];
  return {
    issue,
    stage: stageOf[issue.status],
    owner: state.people.find((p) => p.id === issue.owner_id)?.name ?? "",
    evidence_count: links.length,
    case_count: cases.size,
    customer_count: customers.size,
    tags: [...new Set(heard.flatMap((o) => o.tags))].slice(0, 3),
    first_evidence: first
      ? { recording_id: first.recording_id, start_ms: first.start_ms, end_ms: first.end_ms }
      : null,
  };
}

function attach(issueId: string, observationIds: string[], relation: EvidenceRelation): void {
  for (const observation_id of observationIds) {
    if (linksOf(issueId).some((l) => l.observation_id === observation_id)) continue;
    state.links.push({
      id: newId(),
      issue_id: issueId,
      moved_from: null,
      observation_id,
      relation,
      importance: 0,
      ...meta(state.actor, Date.now()),
    });
  }
}

const today = (): number => {
  const d = new Date();
  return Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
};

const views: Record<IssueListView, (i: Issue) => boolean> = {
  open: (i) => !closed(i.status),
  mine: (i) => !closed(i.status) && i.owner_id === state.actor,
  overdue: (i) => !closed(i.status) && i.due !== null && i.due < today(),
  to_verify: (i) => i.status === "to_verify",
  reopened: (i) => i.status === "reopened",
  unowned: (i) => !closed(i.status) && i.owner_id === null,
  closed: (i) => closed(i.status),
  all: () => true,
};

const far = Number.MAX_SAFE_INTEGER;
const sorts: Record<IssueQuery["sort"], (a: IssueRow, b: IssueRow) => number> = {
  number: (a, b) => b.issue.number - a.issue.number,
  title: (a, b) => a.issue.title.localeCompare(b.issue.title, "zh"),
  status: (a, b) => statuses.indexOf(a.issue.status) - statuses.indexOf(b.issue.status),
  urgency: (a, b) =>
    (a.issue.urgency || 9) - (b.issue.urgency || 9) || b.issue.difficulty - a.issue.difficulty,
  reach: (a, b) => b.case_count - a.case_count,
  owner: (a, b) => a.owner.localeCompare(b.owner, "zh"),
  due: (a, b) => (a.issue.due ?? far) - (b.issue.due ?? far),
  age: (a, b) => a.issue.created_at - b.issue.created_at,
  evidence: (a, b) => b.evidence_count - a.evidence_count,
};

function listIssues(q: IssueQuery): { rows: IssueRow[]; total: number } {
  const rows = live()
    .filter(views[q.view])
    .filter((i) => q.business_line === null || i.business_line === q.business_line)
    .filter((i) => q.urgency === null || (i.urgency === q.urgency && i.difficulty === q.difficulty))
    .filter((i) => !q.text || `${i.number} ${i.title} ${i.statement}`.includes(q.text))
    .map(issueRow)
    .sort(sorts[q.sort]);
  if (q.descending) rows.reverse();
  return { rows: rows.slice(q.offset, q.offset + q.limit), total: rows.length };
}

function tally(names: string[]): Count[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}

function facets(): IssueFacets {
  const open = live().filter(views.open);
  return {
    views: Object.entries(views).map(([name, is]) => ({ name, count: live().filter(is).length })),
    business_lines: tally(open.map((i) => i.business_line)),
    matrix: tally(open.filter((i) => i.urgency > 0).map((i) => `U${i.urgency}D${i.difficulty}`)),
    statuses: tally(open.map((i) => i.status)),
  };
}

function evidence(link: IssueLink): EvidenceView {
  const observation = found(state.observations, link.observation_id);
  const c = found(state.cases, observation.case_id);
  const recording = found(state.recordings, observation.recording_id);
  const lines = (state.segments.get(recording.id) ?? [])
    .filter((s) => s.start_ms < observation.end_ms && s.end_ms > observation.start_ms)
    .map((s) => ({ role: recording.roles[s.channel] ?? ("unknown" as const), text: s.text }));
  return {
    link,
    observation,
    case_title: c.title,
    customer: contactsOf(c.id)[0]?.customer ?? "",
    started_at: contactsOf(c.id)[0]?.began_at ?? null,
    author: found(state.people, observation.created_by).name,
    lines,
    roles: recording.roles,
  };
}

/** The host's rule for one move; the reason is looked at by `changeStatus`. */
function moveRefusal(from: IssueStatus, to: IssueStatus, pieces: number): string | null {
  if (from === to) return "issue.status_unchanged";
  if (from === "merged" || to === "merged") return "issue.merge_only";
  if (pieces === 0 && stageOf[to] !== "sense" && to !== "declined") return "issue.no_evidence";
  if (to === "verified_closed" && from !== "to_verify" && from !== "full") return "issue.not_yet_verifiable";
  if (to === "reopened" && !["verified_closed", "to_verify", "full"].includes(from))
    return "issue.never_closed";
  return null;
}
const needsReason = (from: IssueStatus, to: IssueStatus): boolean =>
  ["declined", "verified_closed", "reopened"].includes(to) ||
  order.indexOf(stageOf[to]) < order.indexOf(stageOf[from]);

const ref = ({ id, number, title, status }: Issue) => ({ id, number, title, status });

function getIssue(id: string): IssueView {
  const issue = found(live(), id);
  const links = linksOf(id);
  const mine = new Set([
    id,
    ...state.links.filter((l) => l.issue_id === id || l.moved_from === id).map((l) => l.id),
    ...[...state.plain.values()].flat().flatMap((row) => (row.issue_id === id ? row.id : [])),
  ]);
  return {
    row: issueRow(issue),
    evidence: links.map(evidence),
    comments: (plainRows("comment") as Comment[])
      .filter((c) => c.issue_id === id && c.deleted_at === null)
      .map((comment) => ({ comment, author: found(state.people, comment.created_by).name })),
    history: state.log.filter((h) => mine.has(h.change.entity_id)).reverse(),
    merged: live()
      .filter((i) => i.merged_into === id)
      .map(ref),
    merged_into: issue.merged_into ? ref(found(state.issues, issue.merged_into)) : null,
    moves: statuses
      .filter((to) => moveRefusal(issue.status, to, links.length) === null)
      .map((status) => ({ status, needs_reason: needsReason(issue.status, status) })),
  };
}

function changeStatus({ id, rev, status, reason }: StatusChange): Issue {
  const issue = found(state.issues, id);
  checkRev(issue, rev);
  const refusal = moveRefusal(issue.status, status, linksOf(id).length);
  if (refusal) refuse(refusal);
  if (needsReason(issue.status, status) && reason.trim() === "") refuse("issue.reason_needed");
  return change("issue.status", ["issue"], () =>
    Object.assign(issue, { status, status_reason: reason, rev: rev + 1 }),
  );
}

function merge({ from, into }: IssueMerge): IssueView {
  const goes = found(state.issues, from);
  if (from === into || goes.merged_into || found(state.issues, into).merged_into)
    refuse("issue.merge_target");
  return change("issue.merge", ["issue", "issue_link"], () => {
    for (const link of linksOf(from)) Object.assign(link, { issue_id: into, moved_from: from });
    Object.assign(goes, {
      status_before_merge: goes.status,
      status: "merged",
      merged_into: into,
      rev: goes.rev + 1,
    });
    return getIssue(into);
  });
}

export const issueCommands = {
  list_issues: listIssues,
  issue_facets: facets,
  get_issue: getIssue,
  similar_issues: ({ text, except }: SimilarRequest) => {
    const bigrams = [...text].map((_, i) => text.slice(i, i + 2)).filter((b) => b.trim().length === 2);
    return live()
      .filter((i) => i.id !== except)
      .map((issue) => ({ issue, score: bigrams.filter((b) => issue.title.includes(b)).length }))
      .filter((s) => s.score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, 5)
      .map((s) => issueRow(s.issue));
  },
  create_issue: ({ observation_ids, ...fields }: NewIssue) =>
    change("issue.create", ["issue", "issue_link"], () => {
      const issue: Issue = {
        ...fields,
        id: newId(),
        number: Math.max(0, ...state.issues.map((i) => i.number)) + 1,
        former_numbers: [],
        root_cause: "",
        owner_id: null,
        external_owner: "",
        status: "new",
        status_reason: "",
        due: null,
        merged_into: null,
        status_before_merge: null,
        ...meta(state.actor, Date.now()),
      };
      state.issues.push(issue);
      attach(issue.id, observation_ids, "evidence");
      return issueRow(issue);
    }),
  change_status: changeStatus,
  attach_evidence: ({ issue_id, observation_ids, relation }: AttachRequest) =>
    change("issue.attach", ["issue_link"], () => {
      attach(issue_id, observation_ids, relation ?? "evidence");
      return getIssue(issue_id);
    }),
  detach_evidence: (id: string) =>
    change("issue.detach", ["issue_link"], () => {
      found(state.links, id).deleted_at = Date.now();
    }),
  merge_issues: merge,
  pick_export_path: (format: string) => `/home/demo/findings.${format}`,
  export_findings: ({ to }: { to: string }) => ({
    path: to,
    bytes: 20_480,
    observations: state.observations.length,
    issues: live().length,
  }),
};
