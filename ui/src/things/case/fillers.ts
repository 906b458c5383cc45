/** Lines that say nothing but 嗯 or "mm-hmm", and how they are shown. The text itself stays as it is. */
import { useQuery } from "@tanstack/react-query";
import { type FillerStyle, ipc, type Segment } from "../../ipc";
import { qk } from "../../records/queries";

const filler = /^(?:mm-?hmm+|mhm+|uh-huh|hmm+|mm+|uh+|um+|ah+|oh+|[嗯呃啊哦噢喔唔哎]+)$/;
/** A question or an exclamation (啊？ "Oh!") says something, so ? and ! are none of these. */
const between = /[\s.,…，。、;；~～—]+/;
/** How far back the turn is looked for that a filler falls into, lines. */
const MOST_BACK = 4;

/** Whether nothing but fillers is said. */
export function isFiller(text: string): boolean {
  const words = text.toLowerCase().split(between).filter(Boolean);
  return words.length > 0 && words.every((word) => filler.test(word));
}

/** How fillers are shown in this workspace. */
export const useFillerStyle = (): FillerStyle =>
  useQuery({ queryKey: qk.settings, queryFn: ipc.getSettings }).data?.fillers ?? "dimmed";

export type Fillers = {
  /** Ordinals of lines that stand back. */
  dimmed: ReadonlySet<number>;
  /** Lines that are shown within another one: its ordinal. */
  into: ReadonlyMap<number, number>;
  /** What is shown within a line. */
  within: ReadonlyMap<number, readonly Segment[]>;
};

/**
 * What becomes of the fillers among the lines that were read. One is joined into the turn of another
 * voice that goes on while it is said; where there is none, or `keeps` holds it (it is marked or being
 * corrected), it stays a line of its own.
 */
export function fillersOf(
  segments: ReadonlyMap<number, Segment>,
  style: FillerStyle,
  keeps: (segment: Segment) => boolean,
): Fillers {
  const dimmed = new Set<number>();
  const into = new Map<number, number>();
  const within = new Map<number, Segment[]>();
  for (const [ordinal, segment] of style === "shown" ? [] : segments) {
    if (!isFiller(segment.text)) continue;
    const host = style === "joined" && !keeps(segment) ? hostOf(ordinal, segment, segments) : null;
    if (host === null) {
      dimmed.add(ordinal);
      continue;
    }
    into.set(ordinal, host);
    within.set(host, [...(within.get(host) ?? []), segment]);
  }
  for (const joined of within.values()) joined.sort((a, b) => a.start_ms - b.start_ms);
  return { dimmed, into, within };
}

function hostOf(ordinal: number, said: Segment, segments: ReadonlyMap<number, Segment>): number | null {
  for (let at = ordinal - 1; at >= ordinal - MOST_BACK; at--) {
    const turn = segments.get(at);
    if (!turn) return null;
    const goesOn = turn.start_ms <= said.start_ms && said.start_ms < turn.end_ms;
    if (goesOn && turn.channel !== said.channel && !isFiller(turn.text)) return at;
  }
  return null;
}
