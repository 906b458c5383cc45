import { useTranslation } from "react-i18next";
import type { ChannelRole } from "../ipc";
import { wordKey } from "./words";

const voice: Record<ChannelRole, string> = { customer: "cus", agent: "agt", whisper: "men", unknown: "unk" };

/** Class of a role's colour and shape. */
export function voiceClass(role: ChannelRole): string {
  return voice[role];
}

/** Who speaks: a shape, a colour, and the word; the name after it where it is known. */
export function VoiceLabel({ role, name }: { role: ChannelRole; name?: string | undefined }) {
  const { t } = useTranslation();
  return (
    <span className={`who ${voice[role]}`}>
      {t(wordKey("role", role))}
      {name && <span className="nm ell">{name}</span>}
    </span>
  );
}
