import { useEffect } from "react";
import { create } from "zustand";
import type { EvidenceView, IssueView, PlayerState } from "../../ipc";
import { ipc, onEvent } from "../../ipc";

interface ReplayState {
  /** The issue whose evidence is heard; the bar shows while it is set. */
  issueId: string | null;
  issueNumber: number;
  evidence: EvidenceView[];
  index: number;
  playing: boolean;
  /** Goes on to the next clip by itself. */
  chain: boolean;
  /** Where the clip stands; read through `positionNow`, which goes on between events. */
  position: { ms: number; at: number; speed: number };
  error: unknown;
}

/** What is replayed in place, on whichever screen. */
export const useReplay = create<ReplayState>(() => ({
  issueId: null,
  issueNumber: 0,
  evidence: [],
  index: 0,
  playing: false,
  chain: false,
  position: { ms: 0, at: 0, speed: 1 },
  error: null,
}));

const current = (): EvidenceView | undefined => {
  const s = useReplay.getState();
  return s.evidence[s.index];
};

/** Position in the recording right now, in ms, carried on from the last event. */
export const positionNow = (): number => {
  const { position, playing } = useReplay.getState();
  const now = current();
  if (!now) return 0;
  const ms = playing ? position.ms + (performance.now() - position.at) * position.speed : position.ms;
  return Math.min(now.observation.end_ms, Math.max(now.observation.start_ms, ms));
};

const play = async (index: number): Promise<void> => {
  const { evidence } = useReplay.getState();
  const item = evidence[index];
  if (!item) return;
  const { recording_id, start_ms, end_ms } = item.observation;
  useReplay.setState({
    index,
    playing: true,
    error: null,
    position: { ms: start_ms, at: performance.now(), speed: 1 },
  });
  try {
    await ipc.playerClip({ recording_id, start_ms, end_ms });
  } catch (error) {
    useReplay.setState({ playing: false, error });
  }
};

/** Plays the evidence of an issue from one piece on. */
export const replayIssue = (view: IssueView, index = 0, chain = false): Promise<void> => {
  useReplay.setState({
    issueId: view.row.issue.id,
    issueNumber: view.row.issue.number,
    evidence: view.evidence,
    chain,
  });
  return play(index);
};

/** The next piece of evidence, or the one before. Stays put at either end. */
export const replayStep = (by: 1 | -1): Promise<void> => {
  const { index, evidence } = useReplay.getState();
  const to = index + by;
  return to >= 0 && to < evidence.length ? play(to) : Promise.resolve();
};

/** Pauses, or goes on; from the start again when the clip is over. */
export const replayToggle = async (): Promise<void> => {
  const s = useReplay.getState();
  const now = current();
  if (!now) return;
  if (s.playing) {
    useReplay.setState({
      playing: false,
      position: { ms: positionNow(), at: performance.now(), speed: s.position.speed },
    });
    await ipc.playerPause();
    return;
  }
  const at = Math.round(positionNow());
  const { recording_id, end_ms } = now.observation;
  if (at >= end_ms - 50) return play(s.index);
  useReplay.setState({ playing: true, position: { ...s.position, ms: at, at: performance.now() } });
  try {
    // What is left of the clip, so that it still stops at its end.
    await ipc.playerClip({ recording_id, start_ms: at, end_ms });
  } catch (error) {
    useReplay.setState({ playing: false, error });
  }
};

/** Puts the bar away; sound stops with it. */
export const replayClose = async (): Promise<void> => {
  const { playing } = useReplay.getState();
  useReplay.setState({ issueId: null, evidence: [], index: 0, playing: false, chain: false, error: null });
  if (playing) await ipc.playerPause();
};

/** Keeps what is shown true when the issue's evidence changed underneath. */
export const replayRefresh = (view: IssueView): void => {
  const s = useReplay.getState();
  if (s.issueId !== view.row.issue.id) return;
  const id = s.evidence[s.index]?.link.id;
  const index = view.evidence.findIndex((e) => e.link.id === id);
  if (index >= 0) useReplay.setState({ evidence: view.evidence, index });
};

/** Follows the player. Something else loaded there means ours is over. */
const follow = (state: PlayerState): void => {
  const s = useReplay.getState();
  const now = current();
  if (!now || s.issueId === null) return;
  const { recording_id, start_ms, end_ms } = now.observation;
  if (state.recording_id !== recording_id) {
    if (s.playing) useReplay.setState({ playing: false });
    return;
  }
  const position = { ms: state.position_ms, at: performance.now(), speed: state.speed };
  const over = !state.playing && state.position_ms >= end_ms - 120;
  const outside = state.position_ms < start_ms - 500 || state.position_ms > end_ms + 500;
  if (s.playing && over) {
    useReplay.setState({ playing: false, position: { ...position, ms: end_ms } });
    if (s.chain && s.index + 1 < s.evidence.length) void play(s.index + 1);
    return;
  }
  if (outside) return;
  useReplay.setState({ playing: state.playing, position });
};

/** Screens on which replay can be seen and stopped. */
let homes = 0;

/** Follows the player while a screen with replay is open; when the last one closes, the sound stops. */
export const useReplayHome = (): void =>
  useEffect(() => {
    homes += 1;
    const stop = onEvent((event) => {
      if (event.type === "player" && homes > 0) follow(event.state);
    });
    return () => {
      homes -= 1;
      stop();
      setTimeout(() => {
        if (homes === 0 && useReplay.getState().issueId !== null) void replayClose();
      }, 0);
    };
  }, []);
