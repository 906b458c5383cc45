import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ObservationKind, ObservationView } from "../../../ipc";
import { isComposing, keyName } from "../../../keys/chord";
import { useActions } from "../../../keys/useActions";
import { Button } from "../../../parts/Button";
import { PinFace, pinLook } from "../../../parts/MarkPin";
import { Seg } from "../../../parts/Seg";
import { WithheldFields } from "../../../parts/WithheldFields";
import { wordKey } from "../../../parts/words";
import { useWithheld } from "../../../records/withheld";
import { clock } from "../../../text/format";
import { useNote } from "../../../things/mark/useNote";
import { momentOf, patch, remove, stopWriting } from "../marks";
import css from "./Writing.module.css";

const kinds: ObservationKind[] = ["problem", "highlight", "quote", "question", "suggestion"];

/** A sentence on the mark just made, and what kind it is. It saves itself; the call goes on above it. */
export function Writing({ view, number }: { view: ObservationView; number: number }) {
  const { t } = useTranslation("live");
  const { observation: o } = view;
  const why = useWithheld("observation", o.rev > 0 ? o.id : null);
  const field = useRef<HTMLInputElement>(null);
  const { text, setText, save, state } = useNote(o, patch);
  const done = () => {
    save();
    stopWriting();
  };
  useActions({
    "text.save": (event) => {
      if (event.target !== field.current) return false;
      done();
    },
  });
  useEffect(() => field.current?.focus(), []);
  return (
    <div className={css.writing}>
      <span {...pinLook({ kind: o.kind, active: true })} aria-hidden="true">
        <PinFace kind={o.kind} number={number} />
      </span>
      <span className="figures label">{clock(momentOf(view))}</span>
      <WithheldFields why={why("observation.edit")}>
        <Seg
          small
          label={t("kind")}
          value={o.kind}
          options={kinds.map((value) => ({ value, label: t(wordKey("kind", value), { ns: "common" }) }))}
          onChange={(kind) => void patch(o.id, { kind }).catch(() => undefined)}
        />
        <input
          ref={field}
          className={`${css.note} input`}
          aria-label={t("note")}
          placeholder={t("notePlaceholder")}
          data-testid="composer-note"
          value={text}
          onChange={(e) => setText(e.target.value)}
          onBlur={save}
          onKeyDown={(e) => {
            if (isComposing(e.nativeEvent)) return;
            if (keyName(e) === "Enter" || keyName(e) === "Escape") {
              e.preventDefault();
              done();
            }
          }}
        />
      </WithheldFields>
      <span className="unseen" role="status">
        {state === "failed" ? t("noteFailed") : state === "saved" ? t("noteSaved") : ""}
      </span>
      <Button
        size="small"
        tone="ghost"
        icon="trash"
        why={why("observation.delete")}
        label={t("dropMark")}
        action="mark.remove"
        onClick={() => void remove(o.id)}
      />
      <Button size="small" tone="ghost" icon="x" label={t("close", { ns: "common" })} onClick={done} />
    </div>
  );
}
