import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { asNote, type ErrorNote, ipc, type LaneCheck, type LiveLane, type LiveTest } from "../../../ipc";
import { LIVE_TEST_MS } from "../../../ipc/generated/limits";
import { Button } from "../../../parts/Button";
import { Icon } from "../../../parts/Icon";
import { ErrorNote as Note } from "../../../parts/states";
import { VoiceLabel } from "../../../parts/VoiceLabel";
import { soundOf } from "./laneRules";
import css from "./SoundTest.module.css";

/** Quieter than this is hard to understand, dBFS. */
const FAINT_DB = -45;

type Verdict = "Good" | "Silent" | "Clipped" | "Faint";

/** What the test says of a lane. */
export function verdictOf(lane: LaneCheck): Verdict {
  if (lane.silent) return "Silent";
  if (lane.clipped) return "Clipped";
  return lane.rms_db < FAINT_DB ? "Faint" : "Good";
}

/** Five seconds of the chosen lanes, what is wrong with them and what to do, and the same to hear. */
export function SoundTest({ lanes, broken }: { lanes: LiveLane[]; broken: boolean }) {
  const { t } = useTranslation("live");
  const key = soundOf(lanes);
  const [test, setTest] = useState<{ of: string; result: LiveTest } | null>(null);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<ErrorNote | null>(null);
  const there = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  if (lanes.length === 0) return null;

  const run = async () => {
    setRunning(true);
    setProblem(null);
    setTest(null);
    try {
      const result = await ipc.liveTest();
      if (there.current) setTest({ of: key, result });
    } catch (thrown) {
      if (there.current) setProblem(asNote(thrown));
    }
    if (there.current) setRunning(false);
  };
  const play = () => ipc.liveTestPlay().catch((thrown) => setProblem(asNote(thrown)));
  const result = test?.of === key ? test.result : null;

  return (
    <div className={css.test}>
      {running ? (
        <Progress />
      ) : (
        <Button size="small" icon="vol" data-testid="live-test" disabled={broken} onClick={() => void run()}>
          {t(result ? "testAgain" : "test")}
        </Button>
      )}
      {result && (
        <>
          <ul className={css.verdict} data-testid="live-test-verdict" role="status">
            {result.same_on_both && (
              <li data-bad>
                <Icon name="warn" size="small" />
                {t("verdictSame")}
              </li>
            )}
            {result.lanes.map((lane, at) => {
              const verdict = verdictOf(lane);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
                <li key={at} data-bad={verdict !== "Good" || undefined}>
                  <VoiceLabel role={lanes[at]?.role ?? "unknown"} />
                  <Icon name={verdict === "Good" ? "check" : "warn"} size="small" />
                  {t(`verdict${verdict}`)}
                </li>
              );
            })}
          </ul>
          <Button size="small" icon="play" data-testid="live-test-play" onClick={() => void play()}>
            {t("testPlay")}
          </Button>
        </>
      )}
      {!result && !running && <span className="label">{t("testMeans")}</span>}
      {problem && <Note note={problem} onDismiss={() => setProblem(null)} />}
    </div>
  );
}

function Progress() {
  const { t } = useTranslation("live");
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((s) => Math.min(LIVE_TEST_MS / 1000, s + 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={css.running} role="status">
      <span>{t("testing", { done: seconds, total: LIVE_TEST_MS / 1000 })}</span>
      <progress aria-label={t("test")} max={LIVE_TEST_MS / 1000} value={seconds} />
    </div>
  );
}
