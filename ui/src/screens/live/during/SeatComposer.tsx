import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { asNote, ipc, type Person, type SeatNoteKind } from "../../../ipc";
import { isComposing, keyName } from "../../../keys/chord";
import { useActions } from "../../../keys/useActions";
import { Button } from "../../../parts/Button";
import { Seg } from "../../../parts/Seg";
import { WithheldFields } from "../../../parts/WithheldFields";
import { wordKey } from "../../../parts/words";
import { qk, queryClient } from "../../../records/queries";
import { useWithheld } from "../../../records/withheld";
import { clockNow } from "../../../things/live/call";
import { report } from "../marks";
import css from "./SeatComposer.module.css";

const remarks: SeatNoteKind[] = ["aside", "heed", "later"];
const prompts: SeatNoteKind[] = ["explain", "rule", "common"];

type Who = "me" | "mentor";
type Props = { caseId: string; recordingId: string; mentor: Person | undefined };

/**
 * Writing to the one beside without speaking. The moment is the one at which the writing began. What is being written
 * is not touched by the seconds that pass.
 */
export const SeatComposer = memo(function SeatComposer({ caseId, recordingId, mentor }: Props) {
  const { t } = useTranslation("live");
  const [who, setWho] = useState<Who>("me");
  const [text, setText] = useState("");
  const [since, setSince] = useState<number | null>(null);
  const why = useWithheld()("seat_note.add");
  const speaker = mentor ? who : "me";
  const plain: SeatNoteKind = speaker === "mentor" ? "aside" : "ask";
  useActions({
    "live.ask": () => document.querySelector<HTMLElement>("[data-testid=live-note-input]")?.focus(),
  });

  const write = async (kind: SeatNoteKind) => {
    const words = text.trim();
    const at_ms = words === "" ? null : since;
    setText("");
    setSince(null);
    try {
      await ipc.addSeatNote({
        recording_id: recordingId,
        at_ms,
        author_id: speaker === "mentor" && mentor ? mentor.id : null,
        kind,
        text: words,
      });
      await queryClient.invalidateQueries({ queryKey: qk.seatNotes(caseId) });
    } catch (thrown) {
      // The words come back to be sent again.
      setText(words);
      setSince(at_ms);
      report(asNote(thrown));
    }
  };
  const chip = (kind: SeatNoteKind, needsWords: boolean) => (
    <Button
      key={kind}
      size="small"
      data-testid={`live-note-${kind}`}
      disabled={needsWords && text.trim() === ""}
      onClick={() => void write(kind)}
    >
      {t(wordKey("note", kind))}
    </Button>
  );

  return (
    <div className={css.composer}>
      <WithheldFields why={why}>
        <div className="row">
          <span className="label grow">{t("seatQuiet")}</span>
          {mentor && (
            <Seg
              small
              label={t("whoWrites")}
              value={who}
              options={[
                { value: "me", label: t("me"), testId: "live-note-me" },
                { value: "mentor", label: mentor.name, testId: "live-note-mentor" },
              ]}
              onChange={setWho}
            />
          )}
        </div>
        <input
          className="input"
          aria-label={t(speaker === "mentor" ? "remarkField" : "askField")}
          placeholder={t(speaker === "mentor" ? "remarkField" : "askField")}
          data-testid="live-note-input"
          value={text}
          onChange={(e) => {
            if (since === null) setSince(Math.round(clockNow()));
            setText(e.target.value);
          }}
          onKeyDown={(e) => {
            if (isComposing(e.nativeEvent)) return;
            if (keyName(e) === "Escape") e.currentTarget.blur();
            if (e.key !== "Enter" || e.ctrlKey || e.metaKey) return;
            e.preventDefault();
            if (text.trim() !== "") void write(plain);
          }}
        />
        <div className={css.kinds} role="group" aria-label={t("writeAs")}>
          {chip("ask", true)}
          {remarks.map((kind) => chip(kind, true))}
        </div>
        <div className={css.kinds} role="group" aria-label={t("prompts")}>
          {prompts.map((kind) => chip(kind, false))}
        </div>
      </WithheldFields>
    </div>
  );
});
