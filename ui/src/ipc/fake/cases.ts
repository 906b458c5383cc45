/** Cases, recordings, peaks, the workspace in a few words. */
import type {
  CaseQuery,
  CaseRow,
  CaseView,
  LiveCall,
  PeaksRequest,
  Recording,
  RetakeRequest,
  RolesRequest,
  Segment,
  Sharing,
  TranscriptState,
  WorkspaceInfo,
} from "../generated/types";
import { modelInUse } from "./models";
import { desk, placePath } from "./places";
import { change, contactsOf, found, newId, refuse, state } from "./state";

export function recordingOf(caseId: string): Recording | undefined {
  return state.recordings.find((r) => r.case_id === caseId);
}

/** Who spoke in a case. */
export function spokenIn(caseId: string): string[] {
  return contactsOf(caseId).flatMap((c) => [c.agent, c.customer]);
}

/** The live call a case comes from. */
function liveOf(caseId: string): LiveCall | null {
  return state.liveCalls.find((c) => c.case_id === caseId && c.deleted_at === null) ?? null;
}

/** The live call whose marks were put onto the recording of a case. */
function alignedTo(caseId: string): LiveCall | null {
  return state.liveCalls.find((c) => c.alignment?.case_id === caseId && c.deleted_at === null) ?? null;
}

function jobOf(caseId: string) {
  return (
    state.jobs.filter(({ work }) => work.kind === "transcribe" && work.case_id === caseId).at(-1) ?? null
  );
}

function transcriptOf(caseId: string): TranscriptState {
  const job = jobOf(caseId);
  if (job && (job.state === "queued" || job.state === "running" || job.state === "failed")) return job.state;
  const recording = recordingOf(caseId);
  return recording && state.segments.has(recording.id) ? "done" : "none";
}

export function caseRow(id: string): CaseRow {
  const c = found(state.cases, id);
  const recording = recordingOf(id);
  const marks = state.observations.filter((o) => o.case_id === id && o.deleted_at === null);
  const issues = new Set(
    state.links.filter((l) => marks.some((m) => m.id === l.observation_id)).map((l) => l.issue_id),
  );
  return {
    case: c,
    contact: contactsOf(id)[0] ?? null,
    recording_id: recording?.id ?? null,
    duration_ms: recording?.duration_ms ?? 0,
    roles: recording?.roles ?? [],
    observation_count: marks.length,
    issue_count: issues.size,
    listener_count: state.listen.has(id) ? 6 : 0,
    transcript: transcriptOf(id),
    live: liveOf(id),
    has_audio: recording !== undefined && recording.audio_sha256 !== "",
  };
}

function compare(sort: CaseQuery["sort"]): (a: CaseRow, b: CaseRow) => number {
  switch (sort) {
    case "title":
      return (a, b) => a.case.title.localeCompare(b.case.title, "zh");
    case "duration":
      return (a, b) => b.duration_ms - a.duration_ms;
    case "marks":
      return (a, b) => b.observation_count - a.observation_count;
    case "started_at":
      return (a, b) => (b.contact?.began_at ?? 0) - (a.contact?.began_at ?? 0);
    default:
      return (a, b) => b.case.created_at - a.case.created_at;
  }
}

/** Loudness of a speaker at a time, 0–1: the invented waveform. */
function loudness(lines: Segment[], channel: number, t: number, mono: boolean): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((lines[mid]?.start_ms ?? 0) <= t) low = mid + 1;
    else high = mid;
  }
  for (let i = low - 1; i >= Math.max(0, low - 3); i--) {
    const line = lines[i];
    if (!line || t > line.end_ms || (line.channel !== channel && !mono)) continue;
    const q = (t - line.start_ms) / Math.max(400, line.end_ms - line.start_ms);
    const envelope = Math.min(1, q * 9, (1 - q) * 9);
    const syllable = 0.5 + 0.5 * Math.abs(Math.sin(t * 0.0053 + line.start_ms));
    const noise = Math.sin(Math.floor(t / 70) * 127.1 + channel * 311.7) * 43758.5453;
    return Math.max(0.03, envelope * syllable * (0.45 + 0.55 * (noise - Math.floor(noise))));
  }
  return 0.012;
}

/** Bytes as [`PEAKS_LAYOUT`] of the app says. */
function peaks({ recording_id, start_ms, end_ms, columns }: PeaksRequest): ArrayBuffer {
  const recording = found(state.recordings, recording_id);
  const lines = state.segments.get(recording_id) ?? [];
  const count = Math.min(8192, Math.max(1, columns));
  const per = (end_ms - start_ms) / count;
  const bytes = new ArrayBuffer(24 + recording.channels * count * 2);
  const view = new DataView(bytes);
  view.setUint32(0, recording.channels, true);
  view.setUint32(4, count, true);
  view.setFloat64(8, start_ms, true);
  view.setFloat64(16, per, true);
  const values = new Int8Array(bytes, 24);
  const empty = (state.regions.get(recording_id) ?? []).filter(
    (r) => r.kind === "paused" || r.kind === "lost",
  );
  for (let channel = 0; channel < recording.channels; channel++) {
    for (let i = 0; i < count; i++) {
      const t = start_ms + i * per;
      const gone = empty.some((r) => r.start_ms <= t && t < r.end_ms);
      const level = gone ? 0 : loudness(lines, channel, t, recording.channels === 1);
      values[(channel * count + i) * 2] = -Math.round(level * 117);
      values[(channel * count + i) * 2 + 1] = Math.round(level * 127);
    }
  }
  return bytes;
}

function workspaceInfo(): WorkspaceInfo {
  return {
    path: placePath(),
    case_count: state.cases.filter((c) => c.deleted_at === null).length,
    open_issue_count: state.issues.filter(
      (i) => !["merged", "declined", "verified_closed"].includes(i.status),
    ).length,
    actor: found(state.people, state.actor),
    has_model: modelInUse() !== undefined,
    version: "0.1.0",
    free_bytes: 48_000_000_000,
    is_demo: desk.place === "demo",
    only_read: desk.onlyRead,
    sharing: desk.sharing,
  };
}

export const caseCommands = {
  workspace_info: workspaceInfo,
  settle_sharing: (sharing: Sharing): WorkspaceInfo => {
    const { refusal } = desk;
    desk.refusal = null;
    if (refusal) refuse(refusal.code, refusal.args);
    desk.sharing = sharing;
    return workspaceInfo();
  },
  list_cases: (req: CaseQuery) => {
    const rows = state.cases
      .filter((c) => c.deleted_at === null)
      .filter((c) => !req.business_line || c.business_line === req.business_line)
      .filter(
        (c) => !req.text || [c.title, c.business_line, ...spokenIn(c.id)].some((v) => v.includes(req.text)),
      )
      .map((c) => caseRow(c.id))
      .sort(compare(req.sort));
    return { rows: rows.slice(req.offset, req.offset + req.limit), total: rows.length };
  },
  get_case: (id: string): CaseView => {
    const row = caseRow(id);
    if (row.case.deleted_at !== null) refuse("case.in_bin", { case_id: id });
    const recording = recordingOf(id) ?? null;
    return {
      case: row.case,
      contacts: contactsOf(id),
      recording,
      transcript: row.transcript,
      segment_count: recording ? (state.segments.get(recording.id)?.length ?? 0) : 0,
      texts: state.texts.filter((text) => text.recording_id === recording?.id),
      text_is_older: recording !== null && state.olderText.has(recording.id),
      job: jobOf(id),
      listener_count: row.listener_count,
      listen_state: state.listen.get(id) ?? null,
      regions: recording ? (state.regions.get(recording.id) ?? []) : [],
      live: row.live ?? alignedTo(id),
    };
  },
  delete_case: (id: string) =>
    change("case.delete", ["case"], () => {
      found(state.cases, id).deleted_at = Date.now();
    }),
  business_lines: () => [...new Set(state.cases.map((c) => c.business_line).filter(Boolean))],
  set_roles: ({ recording_id, roles }: RolesRequest) =>
    change("recording.roles", ["recording"], () =>
      Object.assign(found(state.recordings, recording_id), { roles }),
    ),
  swap_channels: (id: string) =>
    change("recording.roles", ["recording"], () => {
      const recording = found(state.recordings, id);
      recording.roles = [...recording.roles].reverse();
      return recording;
    }),
  retake: ({ recording_id, keep_both_lanes }: RetakeRequest) =>
    change("recording.retake", ["recording"], () => {
      const recording = found(state.recordings, recording_id);
      if (state.segments.has(recording_id)) state.olderText.add(recording_id);
      const same = recording.notices.some((n) => n.kind === "same_on_both");
      if (same && keep_both_lanes) {
        recording.notices = recording.notices.filter((n) => n.kind !== "same_on_both");
        Object.assign(recording, { channels: 2, roles: ["customer", "agent"], was_dual_mono: false });
      }
      return Object.assign(recording, { decoder: 1, peaks_sha256: newId() });
    }),
  peaks,
};
