import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Tag, TagColour } from "../../ipc";
import { editRecord, ipc } from "../../ipc";
import { isComposing, keyName } from "../../keys/chord";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { Problem } from "../../parts/Problem";
import { tagColours } from "./codes";

/** A code's name, colour and meaning; `tag: null` makes a new one. */
export function TagEditor({ tag, onDone }: { tag: Tag | null; onDone: () => void }) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState(tag?.name ?? "");
  const [definition, setDefinition] = useState(tag?.definition ?? "");
  const [colour, setColour] = useState<TagColour>(tag?.colour ?? "ink");
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const save = useMutation({
    mutationFn: async () => {
      const made = tag ?? (await ipc.addTag({ name: name.trim(), colour, parent_id: null }));
      const meaning = definition.trim();
      if (tag || meaning !== "")
        await editRecord("tag", made.id, made.rev, { name, colour, definition: meaning });
    },
    onSuccess: onDone,
  });
  return (
    <form
      ref={form}
      className="st-form"
      onSubmit={(e) => {
        e.preventDefault();
        if (name.trim() !== "" && !save.isPending) save.mutate();
      }}
      onKeyDown={(e) => {
        if (keyName(e) === "Escape" && !isComposing(e.nativeEvent)) onDone();
      }}
    >
      <Field label={t("codes.name")} value={name} required onChange={(e) => setName(e.target.value)} />
      <Field
        label={t("codes.definition")}
        value={definition}
        placeholder={t("codes.definitionHint")}
        onChange={(e) => setDefinition(e.target.value)}
      />
      <div className="field">
        <span className="lbl">{t("codes.colour")}</span>
        <span className="sws" role="radiogroup" aria-label={t("codes.colour")}>
          {tagColours.map((c) => (
            <button
              key={c}
              type="button"
              role="radio"
              aria-checked={c === colour}
              aria-label={t(`colour.${c}`)}
              title={t(`colour.${c}`)}
              onClick={() => setColour(c)}
            >
              <i className={`sw ${c}`} aria-hidden="true" />
            </button>
          ))}
        </span>
      </div>
      <Problem error={save.error} />
      <div className="row">
        <span className="grow" />
        <Button size="s" onClick={onDone}>
          {common("cancel")}
        </Button>
        <Button size="s" tone="pri" type="submit" disabled={name.trim() === "" || save.isPending}>
          {common("save")}
        </Button>
      </div>
    </form>
  );
}
