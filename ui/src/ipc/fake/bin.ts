/** The bin: calls that were taken away. */
import type { BinQuery, BinRow, BinView, HoldRequest, Purge, PurgeRequest } from "../generated/types";
import { caseRow } from "./cases";
import { change, found, meta, newId, refuse, state } from "./state";

const dayMs = 86_400_000;

function rowOf(id: string): BinRow {
  const row = caseRow(id);
  const since = row.case.deleted_at ?? 0;
  return {
    case: row.case,
    contact: row.contact,
    recording_id: row.recording_id,
    duration_ms: row.duration_ms,
    observation_count: row.observation_count,
    issue_count: row.issue_count,
    by: found(state.people, state.actor).name,
    since,
    hold: state.holds.get(id) ?? null,
    seen_days: Math.max(0, Math.floor((Date.now() - since) / dayMs)),
  };
}

export const binCommands = {
  bin: ({ offset, limit }: BinQuery): BinView => {
    const rows = state.cases
      .filter((c) => c.deleted_at !== null)
      .map((c) => rowOf(c.id))
      .sort((a, b) => b.since - a.since);
    return {
      rows: rows.slice(offset, offset + limit),
      total: rows.length,
      days: state.settings.bin_days,
      jump: state.jump,
      purges: state.purges,
    };
  },
  hold_case: ({ case_id, reason }: HoldRequest) =>
    change("case.hold", ["hold"], () => {
      state.holds.set(case_id, reason);
      return { id: newId(), case_id, reason, ...meta(state.actor, Date.now()) };
    }),
  release_case: (id: string) =>
    change("case.release", ["hold"], () => {
      state.holds.delete(id);
    }),
  purge: ({ kind, id, reason }: PurgeRequest) =>
    change("purge", ["purge", "case"], () => {
      const held = state.holds.get(id);
      if (held) refuse("purge.held", { reason: held });
      state.cases = state.cases.filter((c) => c.id !== id);
      const purge: Purge = {
        id: newId(),
        of_kind: kind,
        of_id: id,
        reason,
        records: 4,
        values: 9,
        erased_sha256: "",
        lines: 12,
        files: 3,
        bytes: 1,
        copies_rewritten: null,
        copies_dropped: null,
        looked_for: null,
        still_found: null,
        finished_at: null,
        ...meta(state.actor, Date.now()),
      };
      state.purges.unshift(purge);
      return purge;
    }),
  restore_case: (id: string) =>
    change("case.restore", ["case"], () => {
      const c = found(state.cases, id);
      if (c.deleted_at === null) refuse("not_found");
      return Object.assign(c, { deleted_at: null });
    }),
  settle_jump: () => {
    state.jump = null;
  },
};
