/** The issue list. */
import type { AttachRequest, Issue, IssueRow, NewIssue, SimilarRequest, Stage } from "../generated/types";
import { change, found, meta, newId, state } from "./state";

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

export function issueRow(issue: Issue): IssueRow {
  const links = state.links.filter((l) => l.issue_id === issue.id && l.deleted_at === null);
  const heard = links.map((l) => found(state.observations, l.observation_id));
  const cases = new Set(heard.map((o) => o.case_id));
  const first = heard[0];
  return {
    issue,
    stage: stageOf[issue.status],
    owner: state.people.find((p) => p.id === issue.owner_id)?.name ?? "",
    evidence_count: links.length,
    case_count: cases.size,
    customer_count: cases.size,
    tags: [...new Set(heard.flatMap((o) => o.tags))].slice(0, 3),
    first_evidence: first
      ? { recording_id: first.recording_id, start_ms: first.start_ms, end_ms: first.end_ms }
      : null,
  };
}

function attach(issueId: string, observationIds: string[]): void {
  for (const observation_id of observationIds) {
    if (state.links.some((l) => l.issue_id === issueId && l.observation_id === observation_id)) continue;
    state.links.push({
      id: newId(),
      issue_id: issueId,
      moved_from: null,
      observation_id,
      relation: "evidence",
      importance: 0,
      ...meta(state.actor),
    });
  }
}

export const issueCommands = {
  similar_issues: ({ text, except }: SimilarRequest) => {
    const bigrams = [...text].map((_, i) => text.slice(i, i + 2)).filter((b) => b.trim().length === 2);
    return state.issues
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
      attach(issue.id, observation_ids);
      return issueRow(issue);
    }),
  attach_evidence: ({ issue_id, observation_ids }: AttachRequest) =>
    change("issue.attach", ["issue_link"], () => {
      attach(issue_id, observation_ids);
      return { row: issueRow(found(state.issues, issue_id)) };
    }),
};
