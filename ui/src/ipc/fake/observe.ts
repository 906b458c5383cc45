/** Marks, observations, tags, undo, links. */
import type {
  Link,
  MarkRequest,
  NewTag,
  Observation,
  ObservationQuery,
  ObservationView,
  Tag,
  TagMerge,
} from "../generated/types";
import { change, found, meta, newId, refuse, state, takeBack } from "./state";

/** The id links of this workspace carry. */
export const WORKSPACE = "0193a1b2-0000-7000-8000-0000000000aa";

/** What a mark of a session has to have: the session, with the call on its list. */
function checkSession(id: string | null, caseId: string): void {
  const session = state.sessions.find((s) => s.id === id && s.deleted_at === null);
  if (id !== null && !session?.cases.includes(caseId)) refuse("invalid", { field: "session_id" });
}

export function observationView(o: Observation): ObservationView {
  const issues = state.links
    .filter((l) => l.observation_id === o.id && l.deleted_at === null)
    .map((l) => found(state.issues, l.issue_id))
    .map(({ id, number, title, status }) => ({ id, number, title, status }));
  return {
    observation: o,
    case_title: found(state.cases, o.case_id).title,
    author: found(state.people, o.created_by).name,
    issues,
  };
}

export function mark(req: MarkRequest): ObservationView {
  const recording = found(state.recordings, req.recording_id);
  checkSession(req.session_id, recording.case_id);
  const lag = req.lag_ms ?? state.settings.mark_lag_ms;
  const moment = Math.max(0, req.at_ms - lag);
  const segment = (state.segments.get(recording.id) ?? []).find(
    (s) => s.start_ms <= moment && moment <= s.end_ms,
  );
  const range = req.range ??
    segment ?? {
      start_ms: Math.max(0, moment - 5000),
      // While a call goes on nobody knows its length.
      end_ms:
        recording.audio_sha256 === "" ? moment + 10_000 : Math.min(recording.duration_ms, moment + 10_000),
    };
  const observation: Observation = {
    id: req.id ?? newId(),
    case_id: recording.case_id,
    recording_id: recording.id,
    session_id: req.session_id,
    anchor: req.anchor ?? "sound",
    start_ms: range.start_ms,
    end_ms: range.end_ms,
    raw_mark_ms: req.at_ms,
    lag_ms: lag,
    kind: req.kind ?? "problem",
    axis: "none",
    text: req.text ?? "",
    quote: segment?.text ?? "",
    tags: req.tags,
    severity: 0,
    ...meta(state.actor, Date.now()),
  };
  const work = () => {
    state.observations.push(observation);
    return observationView(observation);
  };
  return change("observation.mark", ["observation"], work, req.op_id);
}

const live = () => state.observations.filter((o) => o.deleted_at === null);
const inOrder = () => [...state.tags].sort((a, b) => a.position - b.position);

export const observeCommands = {
  mark,
  delete_observation: (id: string) =>
    change("observation.delete", ["observation"], () => {
      found(state.observations, id).deleted_at = Date.now();
    }),
  observations_of: (caseId: string) =>
    live()
      .filter((o) => o.case_id === caseId)
      .sort((a, b) => a.start_ms - b.start_ms)
      .map(observationView),
  observations: ({ tag, kind, unfiled, offset, limit }: ObservationQuery) => {
    const rows = live()
      .filter((o) => (tag === null || o.tags.includes(tag)) && (kind === null || o.kind === kind))
      .map(observationView)
      .filter((v) => !unfiled || v.issues.length === 0);
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  },
  list_tags: inOrder,
  add_tag: ({ name, colour, parent_id }: NewTag): Tag =>
    change("tag.add", ["tag"], () => {
      const tag: Tag = {
        id: newId(),
        parent_id,
        name,
        aliases: [],
        definition: "",
        colour,
        position: state.tags.length,
        status: { state: "active" },
        ...meta(state.actor),
      };
      state.tags.push(tag);
      return tag;
    }),
  reorder_tags: (ids: string[]) =>
    change("tag.reorder", ["tag"], () => {
      ids.forEach((id, i) => {
        found(state.tags, id).position = i;
      });
      return inOrder();
    }),
  merge_tags: ({ from, into }: TagMerge) =>
    change("tag.merge", ["tag", "observation"], () => {
      const gone = found(state.tags, from);
      gone.status = { state: "merged_into", into };
      found(state.tags, into).aliases.push(gone.name);
      for (const o of state.observations) o.tags = [...new Set(o.tags.map((t) => (t === from ? into : t)))];
      return inOrder();
    }),
  undo: () => takeBack(),
  undo_op: (opId: string) => takeBack(opId),
  link_to: (link: Link) => {
    if (link.to === "issue") return `qinting://issue/${link.issue_id}?w=${WORKSPACE}`;
    if (link.to === "session") return `qinting://session/${link.session_id}?w=${WORKSPACE}`;
    const { case_id, start_ms, end_ms } = link;
    const t = start_ms === null ? "" : `?t=${start_ms / 1000}${end_ms === null ? "" : `,${end_ms / 1000}`}`;
    return `qinting://case/${case_id}${t}`;
  },
  resolve_link: (url: string): Link => {
    const [, kind, id = "", of = WORKSPACE] =
      /^qinting:\/\/(issue|session)\/([^?]+)(?:\?w=(.*))?$/.exec(url) ?? [];
    if (of !== WORKSPACE) refuse("link.elsewhere_named", { name: "客户之声" });
    if (kind === "session") return { to: "session", session_id: found(state.sessions, id).id };
    const named = state.issues.find((i) => i.id === id || String(i.number) === id);
    if (kind === "issue")
      return { to: "issue", issue_id: named?.id ?? refuse("not_found", { kind: "issue" }) };
    const match =
      /^qinting:\/\/case\/([0-9a-f-]+)(?:\?t=([\d.]+)(?:,([\d.]+))?)?$/.exec(url) ?? refuse("link.invalid");
    const ms = (s: string | undefined) => (s === undefined ? null : Math.round(Number(s) * 1000));
    return { to: "moment", case_id: match[1] ?? "", start_ms: ms(match[2]), end_ms: ms(match[3]) };
  },
};
