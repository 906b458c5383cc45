/** The waveform's numbers: read from bytes, kept in tiles, only for what is looked at. */
import { ipc } from "../ipc";

/** A stretch of the waveform: for each channel `columns` pairs (min, max), full scale ±127. */
export type Peaks = {
  channels: number;
  columns: number;
  startMs: number;
  msPerColumn: number;
  /** Per channel, interleaved min and max. */
  values: Int8Array[];
};

const HEADER_BYTES = 24;

/** Reads the layout of `peaks`: u32 channels, u32 columns, f64 start, f64 ms per column, then i8 pairs. */
export function readPeaks(bytes: ArrayBuffer): Peaks {
  const view = new DataView(bytes);
  const channels = view.getUint32(0, true);
  const columns = view.getUint32(4, true);
  const values = Array.from(
    { length: channels },
    (_, c) => new Int8Array(bytes, HEADER_BYTES + c * columns * 2, columns * 2),
  );
  return {
    channels,
    columns,
    startMs: view.getFloat64(8, true),
    msPerColumn: view.getFloat64(16, true),
    values,
  };
}

/** Columns of one tile. */
export const TILE_COLUMNS = 1024;
/** Tiles kept per recording: a dozen screens at several zooms. */
const KEPT = 64;

/** The zoom (ms per column is 2^level) that gives at least one column per pixel. */
export function levelFor(msPerPixel: number): number {
  return Math.max(0, Math.min(20, Math.floor(Math.log2(Math.max(1, msPerPixel)))));
}

/** Numbers of the tiles that cover a window at a zoom. */
export function tilesFor(level: number, fromMs: number, toMs: number): number[] {
  const span = TILE_COLUMNS * 2 ** level;
  const first = Math.floor(Math.max(0, fromMs) / span);
  const last = Math.floor(Math.max(0, toMs - 1) / span);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

type Tile = Peaks | "asked";

/** Tiles of one recording; asks for what is missing and says when it came. */
export class PeakTiles {
  private readonly tiles = new Map<string, Tile>();
  private ended = false;
  private readonly recordingId: string;
  private readonly durationMs: number;
  private readonly onArrival: () => void;

  constructor(recordingId: string, durationMs: number, onArrival: () => void) {
    this.recordingId = recordingId;
    this.durationMs = durationMs;
    this.onArrival = onArrival;
  }

  /** What is there for a window: the right zoom where it has arrived, a coarser one until then. */
  window(level: number, fromMs: number, toMs: number): Peaks[] {
    const there: Peaks[] = [];
    for (const index of tilesFor(level, fromMs, Math.min(toMs, this.durationMs))) {
      const tile = this.get(level, index) ?? this.coarser(level, index);
      if (tile) there.push(tile);
    }
    return there;
  }

  end(): void {
    this.ended = true;
  }

  private coarser(level: number, index: number): Peaks | null {
    const start = index * TILE_COLUMNS * 2 ** level;
    for (let up = level + 1; up <= 20; up++) {
      const tile = this.tiles.get(`${up}:${Math.floor(start / (TILE_COLUMNS * 2 ** up))}`);
      if (tile && tile !== "asked") return tile;
    }
    return null;
  }

  private get(level: number, index: number): Peaks | null {
    const key = `${level}:${index}`;
    const tile = this.tiles.get(key);
    if (tile === "asked") return null;
    if (tile) {
      // Young again, so that what is looked at is kept.
      this.tiles.delete(key);
      this.tiles.set(key, tile);
      return tile;
    }
    this.tiles.set(key, "asked");
    void this.ask(key, level, index);
    return null;
  }

  private async ask(key: string, level: number, index: number): Promise<void> {
    const span = TILE_COLUMNS * 2 ** level;
    const start_ms = index * span;
    const end_ms = Math.min(start_ms + span, this.durationMs);
    const columns = Math.max(1, Math.ceil((end_ms - start_ms) / 2 ** level));
    try {
      const bytes = await ipc.peaks({ recording_id: this.recordingId, start_ms, end_ms, columns });
      this.tiles.set(key, readPeaks(bytes));
    } catch {
      // Asked again the next time this place is looked at.
      this.tiles.delete(key);
      return;
    }
    for (const old of this.tiles.keys()) {
      if (this.tiles.size <= KEPT) break;
      this.tiles.delete(old);
    }
    if (!this.ended) this.onArrival();
  }
}

/** Lowest and highest value of a channel between two times, or `null` where nothing has arrived. */
export function extremes(
  tile: Peaks,
  channel: number,
  fromMs: number,
  toMs: number,
): [number, number] | null {
  const values = tile.values[channel];
  if (!values) return null;
  const first = Math.max(0, Math.floor((fromMs - tile.startMs) / tile.msPerColumn));
  const last = Math.min(
    tile.columns - 1,
    Math.max(first, Math.ceil((toMs - tile.startMs) / tile.msPerColumn) - 1),
  );
  if (first > last) return null;
  let low = 127;
  let high = -128;
  for (let i = first; i <= last; i++) {
    low = Math.min(low, values[i * 2] ?? 0);
    high = Math.max(high, values[i * 2 + 1] ?? 0);
  }
  return [low, high];
}

/** How much to enlarge a quiet recording in the drawing, so that speech fills its lane. The sound is left alone. */
export function drawingGain(peaks: Peaks): number {
  const heights: number[] = [];
  for (const values of peaks.values) {
    for (let i = 0; i < values.length; i += 2) {
      heights.push(Math.max(-(values[i] ?? 0), values[i + 1] ?? 0));
    }
  }
  heights.sort((a, b) => a - b);
  const loud = heights[Math.floor(heights.length * 0.995)] ?? 127;
  return Math.min(6, Math.max(1, 120 / Math.max(1, loud)));
}
