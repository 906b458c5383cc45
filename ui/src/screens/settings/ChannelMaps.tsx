import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelMap, ChannelRole, Direction, ImportProfile } from "../../ipc";
import { CHANNEL_MAPS } from "../../ipc/generated/limits";
import { Button } from "../../parts/Button";
import { SectionHead } from "../../parts/SectionHead";
import { wordKey } from "../../parts/words";
import { areUsable } from "../../things/case/import/sides";
import css from "./ChannelMaps.module.css";

const roles: ChannelRole[] = ["agent", "customer", "unknown"];
const directions: Direction[] = ["inbound", "outbound", "internal"];

interface Props {
  maps: ChannelMap[];
  /** What sources may be called. */
  profiles: ImportProfile[];
  onSave: (maps: ChannelMap[]) => void;
}

/** Who speaks on which channel, for calls of one source and one direction. */
export function ChannelMaps({ maps: stored, profiles, onSave }: Props) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const { t: imports } = useTranslation("imports");
  const id = useId();
  const [draft, setDraft] = useState<ChannelMap[] | null>(null);
  const maps = draft ?? stored;
  const set = (at: number, change: Partial<ChannelMap>) =>
    setDraft(maps.map((map, i) => (i === at ? { ...map, ...change } : map)));
  const trimmed = maps.map((map) => ({ ...map, source: map.source.trim() }));
  const role = (map: ChannelMap, at: number, channel: 0 | 1) => (
    <select
      className="drop-down"
      aria-label={t(channel === 0 ? "maps.left" : "maps.right", { n: at + 1 })}
      value={map.roles[channel]}
      onChange={(e) => {
        const [left, right] = map.roles;
        const next = e.target.value as ChannelRole;
        set(at, { roles: channel === 0 ? [next, right] : [left, next] });
      }}
    >
      {[...new Set([...roles, map.roles[channel]])].map((value) => (
        <option key={value} value={value}>
          {common(wordKey("role", value))}
        </option>
      ))}
    </select>
  );
  return (
    <div className={css.maps} data-testid="channel-maps">
      <SectionHead level={3} title={t("maps.title")} />
      <p className="faint small pad">{t("maps.hint")}</p>
      <datalist id={id}>
        {profiles.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <ul>
        {maps.map((map, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a map has no identity but its place
          <li key={at} data-testid="channel-map">
            <input
              className="input"
              list={id}
              aria-label={t("maps.source", { n: at + 1 })}
              placeholder={imports("sides.anySource")}
              maxLength={CHANNEL_MAPS.sourceChars}
              value={map.source}
              onChange={(e) => set(at, { source: e.target.value })}
            />
            <select
              className="drop-down"
              aria-label={t("maps.direction", { n: at + 1 })}
              value={map.direction ?? ""}
              onChange={(e) => set(at, { direction: (e.target.value || null) as Direction | null })}
            >
              <option value="">{imports("sides.anyDirection")}</option>
              {directions.map((value) => (
                <option key={value} value={value}>
                  {imports(`direction.${value}`)}
                </option>
              ))}
            </select>
            {role(map, at, 0)}
            {role(map, at, 1)}
            <Button
              size="small"
              tone="ghost"
              icon="x"
              label={t("maps.remove", { n: at + 1 })}
              onClick={() => setDraft(maps.filter((_, i) => i !== at))}
            />
          </li>
        ))}
      </ul>
      <Button
        size="small"
        icon="plus"
        disabled={maps.length >= CHANNEL_MAPS.most}
        onClick={() => setDraft([...maps, next(maps)])}
      >
        {t("maps.add")}
      </Button>
      {draft ? (
        <div className="row foot">
          <span className="faint small grow">{areUsable(trimmed) ? null : t("maps.odd")}</span>
          <Button size="small" onClick={() => setDraft(null)}>
            {common("cancel")}
          </Button>
          <Button
            size="small"
            tone="primary"
            disabled={!areUsable(trimmed)}
            onClick={() => {
              onSave(trimmed);
              setDraft(null);
            }}
          >
            {common("save")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** Who calls is mostly put at the left: what one begins with. */
const next = (maps: readonly ChannelMap[]): ChannelMap =>
  maps.some((map) => map.source === "" && map.direction === "inbound")
    ? { source: "", direction: "outbound", roles: ["agent", "customer"] }
    : { source: "", direction: "inbound", roles: ["customer", "agent"] };
