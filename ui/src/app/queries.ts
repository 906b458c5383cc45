/** What the UI has read from the host, by entity, and when it has to be read again. */
import { QueryClient } from "@tanstack/react-query";
import type { AppEvent, EntityKind } from "../ipc";
import { onEvent } from "../ipc";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
      refetchOnWindowFocus: false,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

/** Query keys. The first word names the entity; `invalidate` works on it. */
export const qk = {
  workspace: ["workspace"] as const,
  doors: ["doors"] as const,
  copies: ["copies"] as const,
  settings: ["settings"] as const,
  cases: (query?: unknown) => (query === undefined ? (["cases"] as const) : (["cases", query] as const)),
  case: (id: string) => ["case", id] as const,
  bin: ["bin"] as const,
  businessLines: ["business_lines"] as const,
  segmentStarts: (recordingId: string) => ["segment_starts", recordingId] as const,
  segments: (recordingId: string, page?: number) =>
    page === undefined ? (["segments", recordingId] as const) : (["segments", recordingId, page] as const),
  observations: (caseId: string) => ["observations", caseId] as const,
  observationList: (query?: unknown) => ["observation_list", query] as const,
  tags: ["tags"] as const,
  issues: (query?: unknown) => (query === undefined ? (["issues"] as const) : (["issues", query] as const)),
  issueFacets: ["issue_facets"] as const,
  issue: (id: string) => ["issue", id] as const,
  sessions: ["sessions"] as const,
  session: (id: string) => ["session", id] as const,
  records: (kind: EntityKind, field: string, id: string) => ["records", kind, field, id] as const,
  people: ["people"] as const,
  models: ["models"] as const,
  jobs: ["jobs"] as const,
  imports: ["imports"] as const,
  devices: ["devices"] as const,
  search: (query: unknown) => ["search", query] as const,
  liveRecovered: ["live_recovered"] as const,
  liveWaiting: ["live_waiting"] as const,
  align: (callId: string) => ["align", callId] as const,
  seatNotes: (caseId: string) => ["seat_notes", caseId] as const,
  withheld: (kind: EntityKind | null, id: string | null) => ["withheld", kind, id] as const,
};

/** What tells, of calls, who spoke in them and what was marked. */
const tellOfCalls = ["cases", "issues", "issue", "search", "sessions", "session", "live_waiting", "align"];

const reads: Partial<Record<EntityKind, string[]>> = {
  tag: ["tags", "issues", "issue", "observations", "observation_list"],
  case: [
    "cases",
    "bin",
    "case",
    "business_lines",
    "workspace",
    "issue",
    "observation_list",
    "search",
    "sessions",
    "session",
    "live_recovered",
    "live_waiting",
    "align",
  ],
  contact: [...tellOfCalls, "bin", "case", "records"],
  recording: ["case", "cases", "live_recovered", "live_waiting", "align"],
  transcript: ["case", "cases", "segment_starts", "segments", "search", "issue"],
  segment: ["segments", "search", "issue"],
  speaker_change: ["segments", "search", "issue"],
  observation: [...tellOfCalls, "bin", "observations", "observation_list"],
  // Whose an issue or a session is decides what is offered with it.
  issue: [
    "withheld",
    "bin",
    "issues",
    "issue",
    "issue_facets",
    "observations",
    "observation_list",
    "workspace",
    "search",
    "sessions",
    "session",
  ],
  issue_link: [
    "bin",
    "issues",
    "issue",
    "issue_facets",
    "observations",
    "observation_list",
    "cases",
    "workspace",
    "sessions",
    "session",
  ],
  workspace_settings: ["settings", "bin"],
  person_settings: ["settings"],
  device_settings: ["settings"],
  session: ["withheld", "sessions", "session", "observations"],
  live_call: ["case", "cases", "sessions", "session", "live_recovered", "live_waiting", "align"],
  seat_note: ["seat_notes"],
  listening: ["cases", "case"],
  hold: ["bin"],
  purge: ["bin", "cases", "case", "issues", "issue", "search", "observation_list", "people"],
};

/** Of a record that is kept by what it declares alone: its list, and the history of what it belongs to. */
const ofPlain = ["records", "issue", "session", "search"];

/** What people are decides who sees what: with a person, everything that was read is read again. */
const ofPeople = [
  ...new Set(["people", "withheld", "segment_starts", ...ofPlain, ...Object.values(reads).flat()]),
];

const readsOf = (kind: EntityKind): string[] => (kind === "person" ? ofPeople : (reads[kind] ?? ofPlain));

/** Which reads an event makes stale. */
export function staleReads(event: AppEvent): string[] {
  switch (event.type) {
    case "changed":
      return [...new Set(event.touched.flatMap((t) => readsOf(t.kind)))];
    case "transcript":
      return event.done
        ? ["segment_starts", "segments", "case", "cases", "search"]
        : ["segment_starts", "segments"];
    case "job":
      return event.job.state === "running" ? ["jobs"] : ["jobs", "case", "cases"];
    case "import":
      return event.batch.state === "running"
        ? ["cases"]
        : ["imports", "cases", "workspace", "business_lines"];
    case "download":
      return event.progress.done || event.progress.error ? ["models", "workspace", "case"] : [];
    case "index":
      return ["search", "doctor"];
    case "live":
      // While it goes on the live page follows it by itself; its end is news to everybody.
      return event.status === null ? ["cases", "case", "live_recovered", "live_waiting"] : [];
    default:
      return [];
  }
}

function readAgain(stale: readonly string[]): void {
  if (stale.length === 0) return;
  void queryClient.invalidateQueries({ predicate: (query) => stale.includes(String(query.queryKey[0])) });
}

/** Keeps what was read true; call once. */
export function followEvents(): () => void {
  return onEvent((event) => readAgain(staleReads(event)));
}

/** Somebody else sits here. That is no change of the workspace, so no event tells it. */
export function seatTaken(): void {
  readAgain(ofPeople);
}
