/** The issues the fake host starts with. */
import type { Issue, IssueStatus } from "../generated/types";
import { meta, newId, state, TODAY } from "./state";

const rows: [number, string, IssueStatus, number, number, string][] = [
  [128, "含铰链宽度没进规格表", "triage", 2, 2, "大家电"],
  [97, "大件无理由时限从签收起算", "pilot", 2, 2, "大家电"],
  [141, "嵌入式洗碗机留空标注不清", "new", 1, 1, "大家电"],
  [139, "改地址要打三次电话", "clarified", 3, 2, "物流"],
];

export function seedIssues(): void {
  for (const [number, title, status, urgency, difficulty, line] of rows) {
    const issue: Issue = {
      id: newId(),
      number,
      title,
      statement: "",
      root_cause: "",
      business_line: line,
      owner_id: null,
      external_owner: "",
      urgency,
      difficulty,
      status,
      status_reason: "",
      due: null,
      merged_into: null,
      status_before_merge: null,
      ...meta(state.actor, TODAY - number * 3_600_000),
    };
    state.issues.push(issue);
    const observation = state.observations[number % 4];
    if (observation) {
      state.links.push({
        id: newId(),
        issue_id: issue.id,
        moved_from: null,
        observation_id: observation.id,
        relation: "evidence",
        importance: 0,
        ...meta(state.actor),
      });
    }
  }
}
