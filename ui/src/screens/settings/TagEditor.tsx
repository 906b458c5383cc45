import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Tag, TagColour } from "../../ipc";
import { ipc } from "../../ipc";
import { isComposing, keyName } from "../../keys/chord";
import { Clash } from "../../parts/Clash";
import { Field } from "../../parts/Field";
import { FormFoot } from "../../parts/FormFoot";
import { Problem } from "../../parts/Problem";
import { saveAll } from "../../records/record";
import { useWritten } from "../../records/useWritten";
import { tagColours } from "./codes";
import css from "./codes.module.css";
import pieces from "./pieces.module.css";

type TagSaid = { name: string; colour: TagColour; definition: string };

/** A code's name, colour and meaning; `tag: null` makes a new one. */
export function TagEditor({ tag, onDone }: { tag: Tag | null; onDone: () => void }) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState(tag?.name ?? "");
  const [definition, setDefinition] = useState(tag?.definition ?? "");
  const [colour, setColour] = useState<TagColour>(tag?.colour ?? "ink");
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const { clash, error, busy, write } = useWritten(async (said: TagSaid, rev: number) => {
    const made = tag ?? (await ipc.addTag({ name: said.name.trim(), colour, parent_id: null }));
    if (!tag && said.definition === "") return { state: "saved" } as const;
    return saveAll("tag", made, said, tag ? rev : made.rev);
  });
  const ready = name.trim() !== "" && !busy;
  const save = async (rev: number) => {
    if (ready && (await write({ name, colour, definition: definition.trim() }, rev))) onDone();
  };
  if (clash) {
    const { theirs } = clash;
    const fields = [
      { label: t("codes.name"), theirs: theirs.name, mine: name },
      { label: t("codes.definition"), theirs: theirs.definition, mine: definition },
      { label: t("codes.colour"), theirs: t(`colour.${theirs.colour}`), mine: t(`colour.${colour}`) },
    ];
    return <Clash fields={fields} busy={busy} onTheirs={onDone} onMine={() => void save(clash.rev)} />;
  }
  return (
    <form
      ref={form}
      className={pieces.form}
      onSubmit={(e) => {
        e.preventDefault();
        void save(tag?.rev ?? 0);
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
        <span className="label">{t("codes.colour")}</span>
        <span className={css.colours} role="radiogroup" aria-label={t("codes.colour")}>
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
              <i className={css.swatch} data-colour={c} aria-hidden="true" />
            </button>
          ))}
        </span>
      </div>
      <Problem error={error} />
      <FormFoot submit={common("save")} ready={ready} onCancel={onDone} />
    </form>
  );
}
