/**
 * Keeps a waveform on a canvas. What changes rarely (zoom, theme, regions) is drawn to two hidden sheets, played and
 * unplayed; each frame only lays the two side by side at the playhead.
 */
import { type Colours, drawWave, fitCanvas, type Lane, type Region, readColours } from "./draw";
import { drawingGain, levelFor, PeakTiles } from "./peaks";
import { type Window, xOf } from "./timeline";

type Source = { recordingId: string; durationMs: number };

export class WavePainter {
  private readonly canvas: HTMLCanvasElement;
  private readonly played = document.createElement("canvas");
  private readonly unplayed = document.createElement("canvas");
  private readonly tiles: PeakTiles;
  private readonly gap: number;
  private colours: Colours;
  private width = 0;
  private height = 0;
  private view: Window;
  private lanes: Lane[] = [];
  private regions: readonly Region[] = [];
  private gain = 1;
  private gainKnown = false;
  private positionMs = 0;
  private scheduled = 0;

  constructor(canvas: HTMLCanvasElement, source: Source, gap: number) {
    this.canvas = canvas;
    this.gap = gap;
    this.colours = readColours();
    this.view = { from: 0, to: source.durationMs };
    this.tiles = new PeakTiles(source.recordingId, source.durationMs, () => this.redrawSoon());
    this.durationMs = source.durationMs;
  }

  private readonly durationMs: number;

  resize(width: number, height: number): void {
    this.width = width;
    this.height = height;
    this.redrawSoon();
  }

  look(view: Window): void {
    this.view = view;
    this.redrawSoon();
  }

  show(lanes: Lane[], regions: readonly Region[]): void {
    this.lanes = lanes;
    this.regions = regions;
    this.redrawSoon();
  }

  recolour(): void {
    this.colours = readColours();
    this.redrawSoon();
  }

  moveTo(positionMs: number): void {
    this.positionMs = positionMs;
    this.compose();
  }

  end(): void {
    cancelAnimationFrame(this.scheduled);
    this.tiles.end();
  }

  private redrawSoon(): void {
    if (this.scheduled) return;
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0;
      this.redraw();
    });
  }

  /** The whole call decides how much a quiet recording is enlarged, so that zooming does not change heights. */
  private learnGain(): void {
    if (this.gainKnown) return;
    const level = levelFor(this.durationMs / 900);
    const [whole] = this.tiles.window(level, 0, this.durationMs);
    if (!whole) return;
    this.gain = drawingGain(whole);
    this.gainKnown = true;
  }

  private redraw(): void {
    if (this.width < 1 || this.height < 1) return;
    this.learnGain();
    const { view, width, height, lanes, regions, gain, colours, gap } = this;
    const ratio = window.devicePixelRatio || 1;
    const level = levelFor((view.to - view.from) / (width * ratio));
    const tiles = this.tiles.window(level, view.from, view.to);
    const picture = { view, tiles, lanes, regions, gain, colours, width, height, gap };
    const played = fitCanvas(this.played, width, height);
    const unplayed = fitCanvas(this.unplayed, width, height);
    if (!played || !unplayed) return;
    drawWave(played, picture, true);
    drawWave(unplayed, picture, false);
    this.compose();
  }

  private compose(): void {
    const g = fitCanvas(this.canvas, this.width, this.height);
    if (!g || this.played.width === 0 || this.width < 1) return;
    const ratio = this.played.width / this.width;
    const { width: w, height: h } = this.played;
    const split = Math.round(Math.min(w, Math.max(0, xOf(this.positionMs, this.view, this.width) * ratio)));
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.clearRect(0, 0, w, h);
    if (split > 0) g.drawImage(this.played, 0, 0, split, h, 0, 0, split, h);
    if (split < w) g.drawImage(this.unplayed, split, 0, w - split, h, split, 0, w - split, h);
  }
}
