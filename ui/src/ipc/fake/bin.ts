/** The bin: calls that were taken away. */
import type { BinQuery, BinRow, BinView } from "../generated/types";
import { caseRow } from "./cases";
import { change, found, refuse, state } from "./state";

const dayMs = 86_400_000;

function rowOf(id: string): BinRow {
  const row = caseRow(id);
  const since = row.case.deleted_at ?? 0;
  return {
    case: row.case,
    recording_id: row.recording_id,
    duration_ms: row.duration_ms,
    observation_count: row.observation_count,
    issue_count: row.issue_count,
    by: found(state.people, state.actor).name,
    since,
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
    };
  },
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
