import { Popover } from "radix-ui";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseColumn, LibraryView } from "../../ipc";
import { CASE_VIEWS } from "../../ipc/generated/limits";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { moveFocus } from "../../parts/moveFocus";
import { Pop } from "../../parts/Pop";
import { Problem } from "../../parts/Problem";
import { useSettings } from "../../records/useSettings";
import { useWithheld } from "../../records/withheld";
import { useColumns } from "./columns";
import css from "./FilterMenu.module.css";
import { type LibraryState, useLibrary } from "./state";

/** The library as it stands, under a name. */
const viewOf = (name: string, state: LibraryState, columns: readonly CaseColumn[]): LibraryView => ({
  name,
  text: state.text.trim(),
  filters: [...state.filters],
  sort: state.sort,
  reversed: state.reversed,
  columns: [...columns],
});

/** Views somebody keeps: what is looked for, the order, and the columns. */
export function Views({ state }: { state: LibraryState }) {
  const { t } = useTranslation("library");
  const [open, setOpen] = useState(false);
  const { settings, save, error } = useSettings();
  const columns = useColumns();
  const why = useWithheld()("person.settings");
  const views = settings?.library.views ?? [];
  const keep = (next: LibraryView[]) =>
    settings ? save({ library: { ...settings.library, views: next } }) : Promise.resolve(false);
  const show = async (view: LibraryView) => {
    const { text, filters, sort, reversed } = view;
    useLibrary.setState({ text, filters, sort, reversed });
    setOpen(false);
    if (settings && view.columns.join() !== columns.join())
      await save({ library: { ...settings.library, columns: view.columns } });
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button icon="bookmark" label={t("views.open")} data-testid="views-open" />
      </Popover.Trigger>
      <Pop className={css.pop} aria-label={t("views.open")}>
        <p className="label">{t("views.open")}</p>
        {views.length === 0 ? <p className="faint pad">{t("views.none")}</p> : null}
        <div
          role="group"
          aria-label={t("views.open")}
          className={`${css.values} scroll`}
          onKeyDown={moveFocus}
        >
          {views.map((view) => (
            <div key={view.name} className="row">
              <button type="button" className="choice grow" onClick={() => void show(view)}>
                <bdi className="cut">{view.name}</bdi>
              </button>
              <Button
                size="small"
                tone="ghost"
                icon="x"
                why={why}
                label={t("views.remove", { name: view.name })}
                onClick={() => void keep(views.filter((other) => other.name !== view.name))}
              />
            </div>
          ))}
        </div>
        <Problem error={error} />
        {why ? null : (
          <KeepForm
            views={views}
            onKeep={(name) => {
              const others = views.filter((view) => view.name !== name);
              return keep([...others, viewOf(name, state, columns)]);
            }}
          />
        )}
      </Pop>
    </Popover.Root>
  );
}

type KeepProps = { views: readonly LibraryView[]; onKeep: (name: string) => Promise<boolean> };

/** Keeps the library as it stands; under the name of another view in its place. */
function KeepForm({ views, onKeep }: KeepProps) {
  const { t } = useTranslation("library");
  const [name, setName] = useState("");
  const said = name.trim().replace(/\s+/g, " ");
  const takesPlace = views.some((view) => view.name === said);
  const full = views.length >= CASE_VIEWS.most && !takesPlace;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (said === "" || full) return;
    if (await onKeep(said)) setName("");
  };
  const hint = full ? "views.full" : takesPlace ? "views.takesPlace" : "views.hint";
  return (
    <form className={css.form} onSubmit={(event) => void send(event)}>
      <Field
        label={t("views.name")}
        hint={t(hint, { count: CASE_VIEWS.most })}
        value={name}
        maxLength={CASE_VIEWS.nameChars}
        onChange={(e) => setName(e.target.value)}
      />
      <div className="row">
        <span className="grow" />
        <Button size="small" tone="primary" type="submit" disabled={said === "" || full}>
          {t("views.keep")}
        </Button>
      </div>
    </form>
  );
}
