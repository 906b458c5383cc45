import { useEffect } from "react";
import { create } from "zustand";
import type {
  ChannelRole,
  EvidenceLine,
  EvidenceRelation,
  IssueView,
  Observation,
  PlayerState,
} from "../../ipc";
import { ipc, onEvent } from "../../ipc";
import { isSoundless } from "../live/soundless";

/** One stretch of a call that is heard in place: a piece of evidence, or a mark. */
export interface Clip {
  /** The tie of a piece of evidence, or the mark. */
  id: string;
  observation: Observation;
  case_title: string;
  /** What is said in it, where that is known line by line. */
  lines: EvidenceLine[];
  /** Roles by channel, for its picture. */
  roles: ChannelRole[];
  relation: EvidenceRelation | null;
}

/** What the clips belong to: an issue, which has a number, or a listening session. */
export interface Run {
  id: string;
  number: number | null;
  /** The session the clips are listened to in. */
  sessionId: string | null;
}

interface ReplayState {
  /** The bar shows while there is a run. */
  run: Run | null;
  clips: Clip[];
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
  run: null,
  clips: [],
  index: 0,
  playing: false,
  chain: false,
  position: { ms: 0, at: 0, speed: 1 },
  error: null,
}));

/** The id of what is heard, for a screen to find itself in. */
export const useRunId = (): string | null => useReplay((s) => s.run?.id ?? null);

const current = (): Clip | undefined => {
  const s = useReplay.getState();
  return s.clips[s.index];
};

/** Position in the recording right now, in ms, carried on from the last event. */
export const positionNow = (): number => {
  const { position, playing } = useReplay.getState();
  const now = current();
  if (!now) return 0;
  const ms = playing ? position.ms + (performance.now() - position.at) * position.speed : position.ms;
  return Math.min(now.observation.end_ms, Math.max(now.observation.start_ms, ms));
};

/** The first clip from a place on, forwards or backwards, that there is sound of; −1 for none. */
export const audibleFrom = (clips: readonly Clip[], from: number, by: 1 | -1 = 1): number => {
  for (let at = from; at >= 0 && at < clips.length; at += by) {
    const clip = clips[at];
    if (clip && !isSoundless(clip.observation.recording_id)) return at;
  }
  return -1;
};

const play = async (index: number): Promise<void> => {
  const item = useReplay.getState().clips[index];
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

/** Plays clips from one of them on, past those without sound; with `chain` the next follows by itself. */
export const replay = (run: Run, clips: Clip[], index = 0, chain = false): Promise<void> => {
  useReplay.setState({ run, clips, chain });
  const at = audibleFrom(clips, index);
  if (at >= 0) return play(at);
  // Nothing to hear: the bar says so.
  useReplay.setState({ index, playing: false, error: null });
  return Promise.resolve();
};

/** The evidence of an issue as clips. */
export const evidenceClips = (view: IssueView): Clip[] =>
  view.evidence.map(({ link, observation, case_title, lines, roles }) => ({
    id: link.id,
    observation,
    case_title,
    lines,
    roles,
    relation: link.relation,
  }));

/** Plays the evidence of an issue from one piece on. */
export const replayIssue = (view: IssueView, index = 0, chain = false): Promise<void> => {
  const { id, number } = view.row.issue;
  return replay({ id, number, sessionId: null }, evidenceClips(view), index, chain);
};

/** The next clip, or the one before. Stays put at either end. */
export const replayStep = (by: 1 | -1): Promise<void> => {
  const { index, clips } = useReplay.getState();
  const to = audibleFrom(clips, index + by, by);
  return to >= 0 ? play(to) : Promise.resolve();
};

/** Pauses, or goes on; from the start again when the clip is over. */
export const replayToggle = async (): Promise<void> => {
  const s = useReplay.getState();
  const now = current();
  if (!now || isSoundless(now.observation.recording_id)) return;
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
  useReplay.setState({ run: null, clips: [], index: 0, playing: false, chain: false, error: null });
  if (playing) await ipc.playerPause();
};

/** Keeps what is heard true when the clips of a run changed underneath. */
export const replayRefresh = (runId: string, clips: Clip[]): void => {
  const s = useReplay.getState();
  if (s.run?.id !== runId) return;
  const id = s.clips[s.index]?.id;
  const index = clips.findIndex((c) => c.id === id);
  if (index >= 0) useReplay.setState({ clips, index });
};

/** Follows the player. Something else loaded there means ours is over. */
const follow = (state: PlayerState): void => {
  const s = useReplay.getState();
  const now = current();
  if (!now || s.run === null) return;
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
    const next = audibleFrom(s.clips, s.index + 1);
    if (s.chain && next >= 0) void play(next);
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
        if (homes === 0 && useReplay.getState().run !== null) void replayClose();
      }, 0);
    };
  }, []);
