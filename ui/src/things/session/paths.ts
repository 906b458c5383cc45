/** Addresses of the sessions. */
import { placePath, THE_WHOLE } from "../../seat/place";

/** The rows of a session's page that a count leads to. */
export type Part = "calls" | "people" | "marks" | "issues";

export const parts: readonly Part[] = ["calls", "people", "marks", "issues"];

export const sessionPath = (id: string, see?: Part): string => `/session/${id}${see ? `?see=${see}` : ""}`;

/** A call as it is heard in a session. */
export const heardInPath = (caseId: string, sessionId: string): string =>
  placePath(caseId, THE_WHOLE, sessionId);

/** Where a call is heard live in a session. */
export const liveInPath = (sessionId: string): string => `/live?session=${sessionId}`;
