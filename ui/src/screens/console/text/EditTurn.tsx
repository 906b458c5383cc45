import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { qk } from "../../../app/queries";
import { asNote, ipc, type Segment } from "../../../ipc";
import { isComposing, keyName } from "../../../keys/chord";
import { Button } from "../../../parts/Button";
import { ErrorNote } from "../../../parts/states";

/** Corrects one turn in its place. Enter saves, Esc leaves it; what the engine wrote is kept. */
export function EditTurn({ segment, onDone }: { segment: Segment; onDone: () => void }) {
  const { t } = useTranslation("console");
  const client = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(segment.text);
  const save = useMutation({
    mutationFn: (words: string | null) => ipc.editSegment({ id: segment.id, rev: segment.rev, text: words }),
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
    if (!words || words === segment.text) onDone();
    else save.mutate(words);
  };
  return (
    <div className="tr-edit">
      <textarea
        ref={field}
        className="fld"
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
        <p className="lbl">{t("original", { text: segment.text_original })}</p>
      )}
      {save.error && <ErrorNote note={asNote(save.error)} />}
      <div className="row">
        <Button size="s" tone="pri" disabled={save.isPending} onClick={keep}>
          {t("save", { ns: "common" })}
        </Button>
        <Button size="s" onClick={onDone}>
          {t("cancel", { ns: "common" })}
        </Button>
        {segment.text_original !== null && (
          <Button size="s" tone="ghost" icon="undo" onClick={() => save.mutate(null)}>
            {t("revert")}
          </Button>
        )}
      </div>
    </div>
  );
}
