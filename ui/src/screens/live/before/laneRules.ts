/** Which lanes make sense: what is added, and what becomes of a lane when its source changes. */
import type { CaptureSource, ChannelRole, LiveLane, SourceSide } from "../../../ipc";

const other: Record<ChannelRole, ChannelRole> = {
  customer: "agent",
  agent: "customer",
  whisper: "agent",
  unknown: "customer",
};

const opposite: Record<SourceSide, SourceSide> = { left: "right", right: "left", whole: "whole" };

const isStereo = (source: CaptureSource | undefined) => (source?.channels ?? 1) >= 2;

/** A lane on another source. Two lanes on one source take a side each. */
export function withSource(lanes: LiveLane[], at: number, source: CaptureSource): LiveLane[] {
  return lanes.map((lane, i) => {
    if (i !== at) return lane;
    const shared = lanes.find((l, j) => j !== at && l.source === source.id);
    const side = shared && isStereo(source) ? opposite[shared.side] : "whole";
    return { ...lane, source: source.id, name: source.name, side };
  });
}

/**
 * One more lane: what the machine plays, if nobody takes that yet; else the other side of a source with two; else
 * another input. Nothing when there is nothing else to hear.
 */
export function oneMore(lanes: LiveLane[], sources: CaptureSource[]): LiveLane[] | null {
  const [first] = lanes;
  const free = sources.filter((s) => !lanes.some((l) => l.source === s.id));
  if (!first) {
    const source = sources.find((s) => s.is_default) ?? sources[0];
    return source ? [{ source: source.id, name: source.name, side: "whole", role: "unknown" }] : null;
  }
  const role = other[first.role];
  const add = (source: CaptureSource, side: SourceSide): LiveLane => ({
    source: source.id,
    name: source.name,
    side,
    role,
  });
  const own = sources.find((s) => s.id === first.source);
  const system = own?.kind === "input" ? free.find((s) => s.kind === "system") : undefined;
  if (system) return [spoken(first, role), add(system, "whole")];
  if (own && isStereo(own)) return [{ ...spoken(first, role), side: "left" }, add(own, "right")];
  const input = free[0];
  return input ? [spoken(first, role), add(input, "whole")] : null;
}

/** With a second lane the first one has a voice of its own. */
function spoken(lane: LiveLane, taken: ChannelRole): LiveLane {
  return lane.role === "unknown" ? { ...lane, role: other[taken] } : lane;
}

/** Without a lane; the one that stays takes all of its source. */
export function without(lanes: LiveLane[], at: number): LiveLane[] {
  const rest = lanes.filter((_, i) => i !== at);
  return rest.map((lane) => ({ ...lane, side: "whole" }));
}

/** Both lanes hear the very same thing. */
export function areSame([a, b]: LiveLane[]): boolean {
  return a !== undefined && b !== undefined && a.source === b.source && a.side === b.side;
}

/** What is heard on the lanes, whoever speaks: for what only cares whether that changed. */
export function soundOf(lanes: LiveLane[]): string {
  return lanes.map((l) => `${l.source}|${l.side}`).join("/");
}
