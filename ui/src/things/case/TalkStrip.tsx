import { useTranslation } from "react-i18next";
import type { ChannelRole, SoundFigures, SoundSummary } from "../../ipc";
import { voiceOf } from "../../parts/VoiceLabel";
import { wordKey } from "../../parts/words";
import css from "./TalkStrip.module.css";

type Part = { key: string; look: string; name: string; ms: number };

type Roles = { roles: readonly ChannelRole[] };

/** The side a role speaks for: the customer's stands first, whatever its channel. */
const first = (role: ChannelRole) => (role === "customer" ? 0 : 1);

/** Who speaks how much of a call, as a strip: the customer solid, the agent striped, both hatched, nobody grey. */
export function TalkStrip({ figures, roles }: Roles & { figures: SoundFigures }) {
  const { sides } = figures;
  const talk = sides?.lanes.map((lane) => lane.alone_ms);
  const parts = useParts(roles, talk, figures.speech_ms, sides?.overtalk_ms ?? 0, figures.silence_ms);
  return <Strip parts={parts} />;
}

/** The same by what a list knows of it: who spoke at once is not told apart. */
export function ShortTalkStrip({ sound, roles }: Roles & { sound: SoundSummary }) {
  const spoken = 1000 - sound.silence_permille;
  const talk = sound.lanes?.map((lane) => (spoken * (lane.talk_permille ?? 0)) / 1000);
  return <Strip parts={useParts(roles, talk, spoken, 0, sound.silence_permille)} />;
}

function Strip({ parts }: { parts: readonly Part[] }) {
  const { t } = useTranslation();
  const whole = parts.reduce((sum, part) => sum + part.ms, 0);
  const percent = (ms: number) => Math.round((100 * ms) / Math.max(1, whole));
  const told = parts.map((part) => t("talkPart", { name: part.name, percent: percent(part.ms) }));
  return (
    <span className={css.strip} role="img" aria-label={told.join(t("talkAnd"))} data-testid="talk-strip">
      {parts.map((part) => (
        <i key={part.key} data-look={part.look} style={{ flexGrow: part.ms }} />
      ))}
    </span>
  );
}

/** What there is of each, by whatever measure: of the sides where they have channels of their own, else of anybody. */
function useParts(
  roles: readonly ChannelRole[],
  talk: readonly number[] | undefined,
  spoken: number,
  both: number,
  silence: number,
): Part[] {
  const { t } = useTranslation();
  const lanes = (talk ?? [])
    .map((ms, channel) => ({ role: roles[channel] ?? "unknown", ms, channel }))
    .sort((a, b) => first(a.role) - first(b.role) || a.channel - b.channel)
    .map(({ role, ms, channel }) => ({
      key: `lane-${channel}`,
      look: voiceOf(role),
      name: t(wordKey("role", role)),
      ms,
    }));
  const anybody = { key: "somebody", look: "somebody", name: t("talkSomebody"), ms: spoken };
  const parts = [
    ...(talk ? lanes : [anybody]),
    { key: "both", look: "both", name: t("talkBoth"), ms: both },
    { key: "silence", look: "silence", name: t("talkNobody"), ms: silence },
  ];
  return parts.filter((part) => part.ms > 0);
}
