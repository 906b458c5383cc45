import { useTranslation } from "react-i18next";
import type { ChannelRole, SoundFigures } from "../../ipc";
import { voiceOf } from "../../parts/VoiceLabel";
import { wordKey } from "../../parts/words";
import css from "./TalkStrip.module.css";

type Part = { key: string; look: string; name: string; ms: number };

/** The side a role speaks for: the customer's stands first, whatever its channel. */
const first = (role: ChannelRole) => (role === "customer" ? 0 : 1);

/** Who speaks how much of a call, as a strip: the customer solid, the agent striped, both hatched, nobody grey. */
export function TalkStrip({ figures, roles }: { figures: SoundFigures; roles: readonly ChannelRole[] }) {
  const { t } = useTranslation();
  const parts = useParts(figures, roles).filter((part) => part.ms > 0);
  const percent = (ms: number) => Math.round((100 * ms) / Math.max(1, figures.length_ms));
  const told = parts.map((part) => t("talkPart", { name: part.name, percent: percent(part.ms) }));
  return (
    <span className={css.strip} role="img" aria-label={told.join(t("talkAnd"))} data-testid="talk-strip">
      {parts.map((part) => (
        <i key={part.key} data-look={part.look} style={{ flexGrow: part.ms }} />
      ))}
    </span>
  );
}

function useParts(figures: SoundFigures, roles: readonly ChannelRole[]): Part[] {
  const { t } = useTranslation();
  const silence = { key: "silence", look: "silence", name: t("talkNobody"), ms: figures.silence_ms };
  const { sides } = figures;
  if (!sides) {
    return [{ key: "somebody", look: "somebody", name: t("talkSomebody"), ms: figures.speech_ms }, silence];
  }
  const lanes = sides.lanes
    .map((lane, channel) => ({ role: roles[channel] ?? "unknown", lane, channel }))
    .sort((a, b) => first(a.role) - first(b.role) || a.channel - b.channel)
    .map(({ role, lane, channel }) => ({
      key: `lane-${channel}`,
      look: voiceOf(role),
      name: t(wordKey("role", role)),
      ms: lane.alone_ms,
    }));
  const both = { key: "both", look: "both", name: t("talkBoth"), ms: sides.overtalk_ms };
  return [...lanes, both, silence];
}
