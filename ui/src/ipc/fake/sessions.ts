/** Listening sessions. */
import type {
  IssueRow,
  ListeningSession,
  NewSession,
  Observation,
  SessionRow,
  SessionView,
} from "../generated/types";
import { caseRow } from "./cases";
import { issueRow } from "./issues";
import { observationView } from "./observe";
import { change, found, meta, newId, refuse, state } from "./state";

const live = () => state.sessions.filter((s) => s.deleted_at === null);
const playlist = (session: ListeningSession) =>
  session.cases
    .filter((id) => state.cases.some((c) => c.id === id && c.deleted_at === null))
    .map((id) => caseRow(id));

/** What was marked in a session, by the order of its calls and then by time. */
function marksOf(session: ListeningSession): Observation[] {
  const place = (o: Observation) => {
    const at = session.cases.indexOf(o.case_id);
    return at < 0 ? session.cases.length : at;
  };
  return state.observations
    .filter((o) => o.session_id === session.id && o.deleted_at === null)
    .sort((a, b) => place(a) - place(b) || a.start_ms - b.start_ms);
}

function issuesOn(marks: Observation[]): IssueRow[] {
  const heard = new Set(marks.map((o) => o.id));
  const ids = new Set(
    state.links.filter((l) => l.deleted_at === null && heard.has(l.observation_id)).map((l) => l.issue_id),
  );
  return state.issues
    .filter((i) => ids.has(i.id) && i.deleted_at === null)
    .sort((a, b) => a.number - b.number)
    .map(issueRow);
}

function sessionRow(session: ListeningSession): SessionRow {
  const marks = marksOf(session);
  const calls = playlist(session);
  return {
    session,
    facilitator: state.people.find((p) => p.id === session.facilitator_id)?.name ?? null,
    people: session.people.map((id) => found(state.people, id).name),
    case_count: calls.length,
    duration_ms: calls.reduce((ms, c) => ms + c.duration_ms, 0),
    observation_count: marks.length,
    issue_count: issuesOn(marks).length,
  };
}

function sessionView(id: string): SessionView {
  const session = found(live(), id);
  const marks = marksOf(session);
  return {
    row: sessionRow(session),
    people: session.people.map((person) => found(state.people, person)),
    cases: playlist(session),
    observations: marks.map(observationView),
    issues: issuesOn(marks),
  };
}

const titled = (title: string | undefined) =>
  title !== undefined && title.trim() === "" ? refuse("invalid", { field: "title" }) : title;

export const sessionCommands = {
  list_sessions: () =>
    live()
      .sort((a, b) => (b.starts_at ?? 0) - (a.starts_at ?? 0))
      .map(sessionRow),
  get_session: sessionView,
  add_session: (fields: NewSession) => {
    titled(fields.title);
    return change("session.add", ["session"], () => {
      const session: ListeningSession = { id: newId(), ...fields, ...meta(state.actor, Date.now()) };
      state.sessions.push(session);
      return sessionRow(session);
    });
  },
  delete_session: (id: string) =>
    change("session.delete", ["session"], () => {
      found(live(), id).deleted_at = Date.now();
    }),
};
