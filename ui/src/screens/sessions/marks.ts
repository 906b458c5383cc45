import type { CaseId, ObservationView, SessionView } from "../../ipc";
import type { Clip } from "../../things/mark/replay";

/** What was heard in one call of a session. */
export interface CallMarks {
  caseId: CaseId;
  title: string;
  marks: ObservationView[];
}

/** The marks of a session call by call, in the order the host gives them. */
export function byCall(view: SessionView): CallMarks[] {
  const calls: CallMarks[] = [];
  for (const mark of view.observations) {
    const { case_id } = mark.observation;
    const known = calls.find((c) => c.caseId === case_id);
    if (known) known.marks.push(mark);
    else calls.push({ caseId: case_id, title: mark.case_title, marks: [mark] });
  }
  return calls;
}

/** The marks as clips, in the same order. */
export function marksAsClips(view: SessionView): Clip[] {
  const roles = new Map(view.cases.map((c) => [c.case.id, c.roles]));
  return view.observations.map(({ observation, case_title }) => ({
    id: observation.id,
    observation,
    case_title,
    lines: [],
    roles: roles.get(observation.case_id) ?? [],
    relation: null,
  }));
}
