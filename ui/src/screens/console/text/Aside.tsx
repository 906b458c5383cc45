import { useTranslation } from "react-i18next";
import type { Contact, Recording, Segment } from "../../../ipc";
import { Marked } from "../../../parts/Marked";
import { wordKey } from "../../../parts/words";
import { clock } from "../../../text/format";
import { playFrom } from "../playing";
import { useAudible } from "../store";
import css from "./rows.module.css";

/** What those who speak are called. */
export type Voices = Pick<Contact, "agent" | "customer">;

type Props = { said: Segment; recording: Recording; voices: Voices; find: string };

/** A filler of the other side within the turn it was said into: heard with a click, as a line of its own would be. */
export function Aside({ said, recording, voices, find }: Props) {
  const { t } = useTranslation("console");
  const { t: common } = useTranslation();
  const audible = useAudible();
  const role = recording.roles[said.channel] ?? "unknown";
  const name = role === "agent" ? voices.agent : role === "customer" ? voices.customer : "";
  const who = name || common(wordKey("role", role));
  const text = said.text.replace(/[\s.,，。]+$/, "");
  const words = <>〔{find ? <Marked text={text} looked={find} /> : text}〕</>;
  if (!audible) {
    return (
      <span className={css.aside} title={who}>
        {words}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={css.aside}
      data-testid="aside"
      aria-label={t("aside", { who, text, time: clock(said.start_ms) })}
      onClick={(e) => {
        e.stopPropagation();
        playFrom(said.start_ms);
      }}
    >
      {words}
    </button>
  );
}
