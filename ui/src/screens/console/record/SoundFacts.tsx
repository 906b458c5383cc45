import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import {
  type ChannelRole,
  ipc,
  type Recording,
  type SoundFigures,
  type Stretch,
  type TwoSides,
} from "../../../ipc";
import { Problem } from "../../../parts/Problem";
import { SectionHead } from "../../../parts/SectionHead";
import { VoiceLabel } from "../../../parts/VoiceLabel";
import { wordKey } from "../../../parts/words";
import { qk } from "../../../records/queries";
import { clock, lasting } from "../../../text/format";
import { TalkStrip } from "../../../things/case/TalkStrip";
import { seekTo } from "../playing";
import file from "./CaseFile.module.css";
import css from "./SoundFacts.module.css";

const length = (s: Stretch) => s.end_ms - s.start_ms;
/** Of many places so many are told; all of them are drawn on the waveform. */
const mostPlaces = 5;

/** What the sound tells without any model: times and counts, each to be heard, and never a mark for a person. */
export function SoundFacts({ recording }: { recording: Recording }) {
  const { t } = useTranslation("console");
  const { data: told, error } = useQuery({
    queryKey: qk.soundFigures(recording.id),
    queryFn: () => ipc.soundFigures(recording.id),
  });
  if (!error && (!told || told.state === "none")) return null;
  return (
    <section className={file.live} aria-label={t("soundFacts")} data-testid="sound-facts">
      <SectionHead title={t("soundFacts")} note={t("soundFactsNote")} level={3} />
      <Problem error={error} />
      {told?.state === "waiting" && (
        <p className="label" role="status">
          {t("soundWaiting")}
        </p>
      )}
      {told?.state === "unreadable" && <p className="label">{t("soundUnreadable")}</p>}
      {told?.state === "known" && <Figures figures={told.figures} roles={recording.roles} />}
    </section>
  );
}

type Shown = { figures: SoundFigures; roles: readonly ChannelRole[] };

function Figures({ figures, roles }: Shown) {
  const { t } = useTranslation("console");
  const recorded = figures.speech_ms + figures.silence_ms;
  const share = Math.round((100 * figures.silence_ms) / Math.max(1, recorded));
  return (
    <div className={css.figures}>
      <TalkStrip figures={figures} roles={roles} />
      {figures.sides ? (
        <Sides figures={figures} roles={roles} />
      ) : (
        <p className="label">{t("soundOneLane")}</p>
      )}
      <dl className={file.facts}>
        <Row name={t("silence")}>
          <span className="figures">{t("soundShare", { time: lasting(figures.silence_ms), share })}</span>
          {figures.longest_silence && <Longest of={figures.longest_silence} />}
        </Row>
        {figures.sides && <Both sides={figures.sides} roles={roles} />}
        {figures.holds.length > 0 && (
          <Row name={t("onHold")}>
            {figures.holds.map((hold) => (
              <span key={hold.start_ms} className={css.place}>
                <Place at={hold} /> <span className="faint">{t(wordKey("onHold", hold.sign))}</span>
              </span>
            ))}
          </Row>
        )}
        {figures.missing_ms > 0 && (
          <Row name={t("soundMissing")}>
            <span className="figures">{lasting(figures.missing_ms)}</span>
          </Row>
        )}
        <Loud figures={figures} roles={roles} />
      </dl>
    </div>
  );
}

/** What is known of each side: its time, its longest monologue, how long it lets the other wait, how often it came in. */
function Sides({ figures, roles }: Shown) {
  const { t } = useTranslation("console");
  const lanes = figures.sides?.lanes ?? [];
  const worst = (s: Stretch) => t("responseWorst", { time: lasting(length(s)) });
  return (
    <table className={css.sides}>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">{t("sideWho")}</span>
          </th>
          <th scope="col">{t("sideTalk")}</th>
          <th scope="col">{t("sideLongest")}</th>
          <th scope="col">{t("sideResponse")}</th>
          <th scope="col">{t("sideCameIn")}</th>
        </tr>
      </thead>
      <tbody>
        {lanes.map((lane, channel) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its channel
          <tr key={channel}>
            <th scope="row">
              <VoiceLabel role={roles[channel] ?? "unknown"} />
            </th>
            <td className="figures">
              {clock(lane.talk_ms)}
              {lane.talk_permille !== null && (
                <span className="faint">
                  {" "}
                  {t("percent", { percent: Math.round(lane.talk_permille / 10) })}
                </span>
              )}
            </td>
            <td>{lane.longest_monologue ? <Place at={lane.longest_monologue} /> : <None />}</td>
            <td>
              {lane.response ? (
                <>
                  <span className="figures">
                    {t("seconds", { seconds: seconds(lane.response.median_ms) })}
                  </span>{" "}
                  <Place at={lane.response.worst} says={worst(lane.response.worst)} />
                </>
              ) : (
                <None />
              )}
            </td>
            <td className="figures">{t("times", { count: lane.overtalk_begun })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How often both speak at once, and the longest of it: whoever came in stands before it. */
function Both({ sides, roles }: { sides: TwoSides; roles: readonly ChannelRole[] }) {
  const { t } = useTranslation("console");
  const longest = [...sides.overtalk].sort((a, b) => length(b) - length(a)).slice(0, mostPlaces);
  return (
    <Row name={t("soundBoth")}>
      <span className="figures">{t("times", { count: sides.overtalk.length })}</span>
      {longest
        .sort((a, b) => a.start_ms - b.start_ms)
        .map((both) => (
          <span key={both.start_ms} className={css.place}>
            {both.begun_by !== null && <VoiceLabel role={roles[both.begun_by] ?? "unknown"} />}
            <Place at={both} says={t("seconds", { seconds: seconds(length(both)) })} />
          </span>
        ))}
    </Row>
  );
}

/** How loud each channel is, and where it was cut off at the top. */
function Loud({ figures, roles }: Shown) {
  const { t } = useTranslation("console");
  const heard = figures.loudness.map((l, channel) => ({ ...l, channel }));
  return (
    <Row name={t("loudness")}>
      {heard.map(({ speech_dbfs, clipped, channel }) => (
        <span key={channel} className={css.place}>
          {heard.length > 1 && <VoiceLabel role={roles[channel] ?? "unknown"} />}
          {speech_dbfs === null ? <None /> : <span className="figures">{speech_dbfs.toFixed(1)} dBFS</span>}
          {clipped > 0 && <span className="faint">{t("clipped", { count: clipped })}</span>}
        </span>
      ))}
    </Row>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={file.fact}>
      <dt>{name}</dt>
      <dd className={css.row}>{children}</dd>
    </div>
  );
}

/** A stretch by its length; it is gone to when it is pressed. */
function Place({ at, says }: { at: Stretch; says?: string }) {
  const { t } = useTranslation("console");
  const told = says ?? lasting(length(at));
  const place = t("goTo", { time: clock(at.start_ms) });
  return (
    <button
      type="button"
      className={`link figures ${css.go}`}
      aria-label={t("soundPlace", { told, place })}
      title={place}
      onClick={() => seekTo(at.start_ms)}
    >
      {told}
    </button>
  );
}

function Longest({ of }: { of: Stretch }) {
  const { t } = useTranslation("console");
  return <Place at={of} says={t("soundLongest", { time: lasting(length(of)) })} />;
}

/** Nothing is known of it, which is not 0. */
function None() {
  const { t } = useTranslation("console");
  return (
    <span className="faint">
      <span aria-hidden="true">—</span>
      <span className="unseen">{t("soundNone")}</span>
    </span>
  );
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);
