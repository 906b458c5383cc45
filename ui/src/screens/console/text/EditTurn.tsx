import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { addRecord, asNote, type ChannelRole, ipc, type Segment } from "../../../ipc";
import { isComposing, keyName } from "../../../keys/chord";
import { Button } from "../../../parts/Button";
import { ErrorNote } from "../../../parts/states";
import { WithheldFields } from "../../../parts/WithheldFields";
import { wordKey } from "../../../parts/words";
import { qk } from "../../../records/queries";
import { useWithheld } from "../../../records/withheld";
import css from "./rows.module.css";

type Props = {
  segment: Segment;
  /** Who speaks by now. */
  role: ChannelRole;
  onDone: () => void;
};

const roles: readonly ChannelRole[] = ["customer", "agent", "whisper", "unknown"];

/** Corrects one turn in its place: its words and who says them. Enter saves, Esc leaves it; what the engine wrote
 * is kept. */
export function EditTurn({ segment, role, onDone }: Props) {
  const { t } = useTranslation("console");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(segment.text);
  const [speaker, setSpeaker] = useState(role);
  const whyNotSpeaker = useWithheld()("speaker_change.add");
  const save = useMutation({
    mutationFn: async ({ words, speaker }: { words?: string | null; speaker?: ChannelRole }) => {
      const { id, rev, recording_id, channel, start_ms, end_ms } = segment;
      if (words !== undefined) await ipc.editSegment({ id, rev, text: words });
      // The stretch and not the line: it holds for a later text as well.
      if (speaker)
        await addRecord("speaker_change", { recording_id, channel, start_ms, end_ms, role: speaker });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: qk.segments(segment.recording_id) });
      onDone();
    },
  });
  useLayoutEffect(() => {
    const el = field.current;
    if (!el) return;
    el.style.height = "auto";
    el.style.height = `${el.scrollHeight + 2}px`;
  });
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);
  const keep = () => {
    const words = text.trim();
    const changed = {
      ...(words && words !== segment.text && { words }),
      ...(speaker !== role && { speaker }),
    };
    if (Object.keys(changed).length === 0) onDone();
    else save.mutate(changed);
  };
  return (
    <div className={css.edit} data-testid="turn-edit">
      <textarea
        ref={field}
        className={`${css.editField} input`}
        rows={1}
        aria-label={t("editTurn")}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={(e) => {
          if (isComposing(e.nativeEvent)) return;
          if (keyName(e) === "Enter" && !e.shiftKey) {
            e.preventDefault();
            keep();
          }
          if (keyName(e) === "Escape") {
            e.preventDefault();
            onDone();
          }
        }}
      />
      {segment.text_original !== null && (
        <p className="label">{t("original", { text: segment.text_original })}</p>
      )}
      {save.error && <ErrorNote note={asNote(save.error)} />}
      <div className="row">
        <WithheldFields why={whyNotSpeaker} quiet>
          <select
            className="drop-down"
            aria-label={t("speaker")}
            value={speaker}
            onChange={(e) => setSpeaker(e.target.value as ChannelRole)}
          >
            {roles.map((one) => (
              <option key={one} value={one}>
                {common(wordKey("role", one))}
              </option>
            ))}
          </select>
        </WithheldFields>
        <Button size="small" tone="primary" disabled={save.isPending} onClick={keep}>
          {t("save", { ns: "common" })}
        </Button>
        <Button size="small" onClick={onDone}>
          {t("cancel", { ns: "common" })}
        </Button>
        {segment.text_original !== null && (
          <Button size="small" tone="ghost" icon="undo" onClick={() => save.mutate({ words: null })}>
            {t("revert")}
          </Button>
        )}
      </div>
    </div>
  );
}
