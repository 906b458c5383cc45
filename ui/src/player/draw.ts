/** Draws the waveform. Customer: a filled silhouette. Agent: separate bars. A third or unknown voice: an outline. */
import type { ChannelRole, RegionKind } from "../ipc";
import { extremes, type Peaks } from "./peaks";
import { type Window, xOf } from "./timeline";

export type Colours = Record<
  | "customerFill"
  | "customerTint"
  | "agentFill"
  | "agentTint"
  | "otherFill"
  | "otherTint"
  | "silence"
  | "hatch"
  | "secure"
  | "lost"
  | "select"
  | "edge",
  string
>;

const tokens: Record<keyof Colours, string> = {
  customerFill: "--customer-fill",
  customerTint: "--customer-tint",
  agentFill: "--agent-fill",
  agentTint: "--agent-tint",
  otherFill: "--ink-2",
  otherTint: "--line-ctl",
  silence: "--rg-silence",
  hatch: "--rg-overtalk",
  secure: "--rg-secure",
  lost: "--rg-lost",
  select: "--rg-select",
  edge: "--quote-fill",
};

/** The theme's colours as they are now. */
export function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const entries = Object.entries(tokens).map(([name, token]) => [name, style.getPropertyValue(token).trim()]);
  return Object.fromEntries(entries) as Colours;
}

export type Lane = { channel: number; role: ChannelRole; quiet?: boolean };

export type Region = { kind: RegionKind | "selection"; start_ms: number; end_ms: number };

export type Picture = {
  view: Window;
  tiles: Peaks[];
  lanes: Lane[];
  regions: readonly Region[];
  gain: number;
  colours: Colours;
  width: number;
  height: number;
  /** Space above and below a lane's middle line, px. */
  gap: number;
};

type Sheet = { g: CanvasRenderingContext2D; p: Picture };

/** One pass over the lanes in full colour (`played`) or in the tint. */
export function drawWave(g: CanvasRenderingContext2D, p: Picture, played: boolean): void {
  g.clearRect(0, 0, p.width, p.height);
  const sheet = { g, p };
  for (const r of p.regions) if (r.kind === "silence" || r.kind === "selection") drawWash(sheet, r);
  const lane = p.height / Math.max(1, p.lanes.length);
  p.lanes.forEach((l, i) => {
    const middle = lane * (i + 0.5);
    const half = lane / 2 - p.gap;
    g.globalAlpha = l.quiet ? 0.3 : 1;
    if (l.role === "agent") drawBars(sheet, l, middle, half, played);
    else drawSilhouette(sheet, l, middle, half, played);
  });
  g.globalAlpha = 1;
  for (const r of p.regions) drawPattern(sheet, r);
}

function drawWash({ g, p }: Sheet, r: Region): void {
  const x = xOf(r.start_ms, p.view, p.width);
  const w = xOf(r.end_ms, p.view, p.width) - x;
  if (x > p.width || x + w < 0) return;
  g.fillStyle = r.kind === "silence" ? p.colours.silence : p.colours.select;
  g.fillRect(x, 0, w, p.height);
  if (r.kind === "selection") {
    g.fillStyle = p.colours.edge;
    g.fillRect(x, 0, 1.5, p.height);
    g.fillRect(x + w - 1.5, 0, 1.5, p.height);
  }
}

/** What lies over the voices: both at once hatched, sharing paused in stripes, sound lost in dots between edges. */
function drawPattern({ g, p }: Sheet, r: Region): void {
  if (r.kind === "silence" || r.kind === "selection") return;
  const x = xOf(r.start_ms, p.view, p.width);
  const w = Math.max(3, xOf(r.end_ms, p.view, p.width) - x);
  if (x > p.width || x + w < 0) return;
  g.save();
  g.beginPath();
  g.rect(x, 0, w, p.height);
  g.clip();
  if (r.kind === "overtalk") hatch(g, p, x, w);
  else if (r.kind === "paused") stripes(g, p, x, w);
  else dots(g, p, x, w);
  g.restore();
}

function hatch(g: CanvasRenderingContext2D, p: Picture, x: number, w: number): void {
  g.strokeStyle = p.colours.hatch;
  g.lineWidth = 1;
  g.beginPath();
  for (let i = -p.height; i < w + p.height; i += 7) {
    g.moveTo(x + i, p.height);
    g.lineTo(x + i + p.height, 0);
  }
  g.stroke();
}

/** Only what is in sight is gone over: at a close zoom an hour is a million pixels wide. */
function inSight(p: Picture, x: number, w: number, step: number): [number, number] {
  const from = x < 0 ? x + Math.floor(-x / step) * step : x;
  return [from, Math.min(p.width, x + w)];
}

function stripes(g: CanvasRenderingContext2D, p: Picture, x: number, w: number): void {
  const [from, to] = inSight(p, x, w, 8);
  g.fillStyle = p.colours.secure;
  for (let at = from; at < to; at += 8) g.fillRect(at, 0, 3, p.height);
}

function dots(g: CanvasRenderingContext2D, p: Picture, x: number, w: number): void {
  const [from, to] = inSight(p, x, w, 12);
  g.fillStyle = p.colours.lost;
  for (let y = 3, odd = false; y < p.height; y += 6, odd = !odd) {
    for (let at = from + (odd ? 8 : 2); at < to; at += 12) g.fillRect(at, y, 2, 2);
  }
  g.fillRect(x, 0, 1.5, p.height);
  g.fillRect(x + w - 1.5, 0, 1.5, p.height);
}

/** Heights above and below the middle between two x, as shares of the lane's half. */
function heights({ p }: Sheet, channel: number, fromX: number, toX: number): [number, number] {
  const per = (p.view.to - p.view.from) / p.width;
  const from = p.view.from + fromX * per;
  const to = p.view.from + toX * per;
  const tile = p.tiles.find((t) => from >= t.startMs && from < t.startMs + t.columns * t.msPerColumn);
  const found = tile && extremes(tile, channel, from, to);
  if (!found) return [0, 0];
  const scale = p.gain / 127;
  return [Math.min(1, Math.max(0, found[1] * scale)), Math.min(1, Math.max(0, -found[0] * scale))];
}

function drawSilhouette(sheet: Sheet, lane: Lane, middle: number, half: number, played: boolean): void {
  const { g, p } = sheet;
  const customer = lane.role === "customer";
  const colour = customer
    ? played
      ? p.colours.customerFill
      : p.colours.customerTint
    : played
      ? p.colours.otherFill
      : p.colours.otherTint;
  const step = 1;
  const below: [number, number][] = [];
  g.beginPath();
  g.moveTo(0, middle);
  for (let x = 0; x <= p.width; x += step) {
    const [up, down] = heights(sheet, lane.channel, x, x + step);
    g.lineTo(x, middle - Math.max(0.6, up * half));
    below.push([x, middle + Math.max(0.6, down * half)]);
  }
  for (let i = below.length - 1; i >= 0; i--) {
    const point = below[i];
    if (point) g.lineTo(point[0], point[1]);
  }
  g.closePath();
  if (customer) {
    g.fillStyle = colour;
    g.fill();
  } else {
    g.strokeStyle = colour;
    g.lineWidth = 1;
    g.stroke();
  }
}

const PITCH = 4;
const BAR = 2;

function drawBars(sheet: Sheet, lane: Lane, middle: number, half: number, played: boolean): void {
  const { g, p } = sheet;
  g.fillStyle = played ? p.colours.agentFill : p.colours.agentTint;
  // Bars stand at fixed times, so that they do not dance while the window moves.
  const per = (p.view.to - p.view.from) / p.width;
  const shift = (p.view.from / per) % PITCH;
  for (let x = -shift; x < p.width; x += PITCH) {
    const [up, down] = heights(sheet, lane.channel, Math.max(0, x), x + PITCH);
    const h = Math.max(0.8, Math.max(up, down) * half);
    g.fillRect(x, middle - h, BAR, h * 2);
  }
}

/** Fits a canvas to its box, sharp on dense screens. */
export function fitCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const w = Math.round(width * ratio);
  const h = Math.round(height * ratio);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const g = canvas.getContext("2d");
  g?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return g;
}

/** Lanes from the roles: customer above, agent below, others after. One channel is one lane. */
export function lanesOf(roles: readonly ChannelRole[]): Lane[] {
  const order: ChannelRole[] = ["customer", "agent", "whisper", "unknown"];
  return roles
    .map((role, channel) => ({ role, channel }))
    .sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || a.channel - b.channel);
}
