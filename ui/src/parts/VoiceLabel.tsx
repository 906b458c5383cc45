import { useTranslation } from "react-i18next";
import type { ChannelRole } from "../ipc";
import css from "./VoiceLabel.module.css";
import { wordKey } from "./words";

/** Whose colour and shape a role has. */
export const voiceOf = (role: ChannelRole) => (role === "whisper" ? "mentor" : role);

/** Who speaks: a shape, a colour, and the word; the name after it where it is known. */
export function VoiceLabel({ role, name }: { role: ChannelRole; name?: string | undefined }) {
  const { t } = useTranslation();
  return (
    <span className={css.voice} data-part="voice" data-voice={voiceOf(role)}>
      {t(wordKey("role", role))}
      {name && (
        <span className="cut" data-name>
          {name}
        </span>
      )}
    </span>
  );
}
