/** What the UI has read from the host, by what it is about. */
import { QueryClient } from "@tanstack/react-query";
import type { EntityKind } from "../ipc";

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

/** Marks what is read of this machine and not of records: a change of a record says nothing of it. */
export const ofMachine = { ofMachine: true } as const;

/** Query keys. */
export const qk = {
  workspace: ["workspace"] as const,
  doors: ["doors"] as const,
  copies: ["copies"] as const,
  settings: ["settings"] as const,
  cases: (query?: unknown) => (query === undefined ? (["cases"] as const) : (["cases", query] as const)),
  case: (id: string) => ["case", id] as const,
  toldDifferences: (caseId: string) => ["told_differences", caseId] as const,
  soundFigures: (recordingId: string) => ["sound_figures", recordingId] as const,
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
  everySearch: ["search"] as const,
  search: (query: unknown) => ["search", query] as const,
  device: ["device"] as const,
  doctor: ["doctor"] as const,
  liveRecovered: ["live_recovered"] as const,
  liveWaiting: ["live_waiting"] as const,
  align: (callId: string) => ["align", callId] as const,
  seatNotes: (caseId: string) => ["seat_notes", caseId] as const,
  withheld: (kind: EntityKind | null, id: string | null) => ["withheld", kind, id] as const,
};
