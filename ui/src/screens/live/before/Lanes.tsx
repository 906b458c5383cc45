import { useTranslation } from "react-i18next";
import type { CaptureSource, ChannelRole, ErrorNote, LiveChoices, LiveLane, SourceSide } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { Icon } from "../../../parts/Icon";
import { SectionHead } from "../../../parts/SectionHead";
import { Seg } from "../../../parts/Seg";
import { useErrorWords, wordKey } from "../../../parts/words";
import { LaneMeter } from "../LaneMeter";
import fields from "./fields.module.css";
import css from "./Lanes.module.css";
import { areSame, oneMore, without, withSource } from "./laneRules";

type Props = {
  choices: LiveChoices;
  lanes: LiveLane[];
  onChange: (lanes: LiveLane[]) => void;
  /** Looks again for what can be heard. */
  onLook: () => void;
  problem: ErrorNote | null;
};

/** Where the sound comes from: one lane or two, each with its level. */
export function Lanes({ choices, lanes, onChange, onLook, problem }: Props) {
  const { t } = useTranslation("live");
  const words = useErrorWords();
  const { sources, no_system } = choices;
  const more = lanes.length < 2 ? oneMore(lanes, sources) : null;
  return (
    <section aria-label={t("lanes")}>
      <SectionHead title={t("lanes")}>
        <Button size="small" tone="ghost" icon="loop" onClick={onLook}>
          {t("lookAgain")}
        </Button>
      </SectionHead>
      {sources.length === 0 ? (
        <p className={css.warning} data-missing="source" tabIndex={-1}>
          <Icon name="warn" size="small" />
          {t("noSources")}
        </p>
      ) : (
        <ol className={css.lanes}>
          {lanes.map((lane, at) => (
            <LaneRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
              key={at}
              at={at}
              lane={lane}
              sources={sources}
              alone={lanes.length === 1}
              onLane={(next) => onChange(lanes.map((l, i) => (i === at ? next : l)))}
              onSource={(source) => onChange(withSource(lanes, at, source))}
              onRemove={() => onChange(without(lanes, at))}
            />
          ))}
        </ol>
      )}
      {lanes.length < 2 && (
        <div className={css.more}>
          {more && (
            <Button
              size="small"
              icon="plus"
              data-testid="live-add-lane"
              {...(lanes.length === 0 && { "data-missing": "source" })}
              onClick={() => onChange(more)}
            >
              {t(lanes.length === 0 ? "firstLane" : "addLane")}
            </Button>
          )}
          {lanes.length === 1 && <span className="label">{t("oneLaneMeans")}</span>}
        </div>
      )}
      {areSame(lanes) && (
        <p className={css.warning} role="status">
          <Icon name="warn" size="small" />
          {t("sameSource")}
        </p>
      )}
      {problem && (
        <p className={css.warning} role="alert" data-code={problem.code}>
          <Icon name="warn" size="small" />
          {words(problem)}
        </p>
      )}
      {no_system && <p className={fields.hint}>{words(no_system)}</p>}
    </section>
  );
}

const roles: ChannelRole[] = ["customer", "agent", "unknown"];
const sides: SourceSide[] = ["left", "right", "whole"];

type RowProps = {
  at: number;
  lane: LiveLane;
  sources: CaptureSource[];
  alone: boolean;
  onLane: (lane: LiveLane) => void;
  onSource: (source: CaptureSource) => void;
  onRemove: () => void;
};

function LaneRow({ at, lane, sources, alone, onLane, onSource, onRemove }: RowProps) {
  const { t } = useTranslation("live");
  const number = at + 1;
  const source = sources.find((s) => s.id === lane.source);
  const kinds = ["input", "system"] as const;
  return (
    <li>
      <select
        className={`${css.choice} drop-down`}
        aria-label={t("laneRole", { number })}
        data-testid={`live-lane-${at}-role`}
        value={lane.role}
        onChange={(e) => onLane({ ...lane, role: e.target.value as ChannelRole })}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {role === "unknown" ? t("roleBoth") : t(wordKey("role", role), { ns: "common" })}
          </option>
        ))}
      </select>
      <select
        className={`${css.choice} drop-down`}
        aria-label={t("laneSource", { number })}
        data-testid={`live-lane-${at}-source`}
        data-missing={at === 1 ? "other_source" : undefined}
        value={source ? lane.source : ""}
        onChange={(e) => {
          const chosen = sources.find((s) => s.id === e.target.value);
          if (chosen) onSource(chosen);
        }}
      >
        {!source && <option value="">{t("sourceGone", { name: lane.name })}</option>}
        {kinds.map((kind) => {
          const some = sources.filter((s) => s.kind === kind);
          return some.length === 0 ? null : (
            <optgroup key={kind} label={t(wordKey("source", kind))}>
              {some.map((s) => (
                <option key={s.id} value={s.id}>
                  {s.is_default ? t("sourceDefault", { name: s.name }) : s.name}
                </option>
              ))}
            </optgroup>
          );
        })}
      </select>
      {(source?.channels ?? 1) >= 2 ? (
        <Seg
          small
          className={css.sides}
          label={t("laneSide", { number })}
          value={lane.side}
          options={sides.map((value) => ({ value, label: t(wordKey("side", value)) }))}
          onChange={(side) => onLane({ ...lane, side })}
        />
      ) : (
        <span />
      )}
      <LaneMeter channel={at} role={lane.role} className={css.meter} />
      {alone ? (
        <span />
      ) : (
        <Button size="small" tone="ghost" icon="x" label={t("removeLane", { number })} onClick={onRemove} />
      )}
    </li>
  );
}
