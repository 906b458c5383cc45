/** The list of listening sessions, as a call that begins is offered one. */
import type { ListeningSession, SessionRow } from "../generated/types";
import { found, state } from "./state";

const sessionRow = (session: ListeningSession): SessionRow => ({
  session,
  facilitator: state.people.find((p) => p.id === session.facilitator_id)?.name ?? null,
  people: session.people.map((id) => found(state.people, id).name),
  case_count: session.cases.length,
  duration_ms: 0,
  observation_count: 0,
  issue_count: 0,
});

export const sessionCommands = {
  list_sessions: (): SessionRow[] => state.sessions.filter((s) => s.deleted_at === null).map(sessionRow),
};
