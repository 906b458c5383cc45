import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Commitment, Person } from "../../ipc";
import { Avatar } from "../../parts/Avatar";
import { Button } from "../../parts/Button";
import { Clash } from "../../parts/Clash";
import { Icon, type IconName } from "../../parts/Icon";
import { Menu, MenuItem, MenuRule } from "../../parts/Menu";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { type RecordEdit, useRecord } from "../../records/record";
import { useRecordDeeds, useRecords } from "../../records/records";
import { useWritten } from "../../records/useWritten";
import { useWithheld } from "../../records/withheld";
import { useWorkspace } from "../../seat/workspace";
import { DuePicker } from "../issue/DuePicker";
import { calendarDay, dueText } from "../issue/lifecycle";
import { usePeople } from "../person/queries";
import css from "./Commitments.module.css";

/** What promises belong to. */
type Of = { field: "issue_id" | "session_id"; id: string };
type Deeds = ReturnType<typeof useRecordDeeds<"commitment">>;

/** Who promised what by when, and whether it was kept. */
export function Commitments({ of }: { of: Of }) {
  const { t } = useTranslation("commitments");
  const found = useRecords("commitment", of.field, of.id);
  const people = usePeople().data ?? [];
  const deeds = useRecordDeeds("commitment");
  const why = useWithheld()("commitment.add");
  const [adding, setAdding] = useState(false);
  const all = found.data ?? [];
  const kept = all.filter((c) => c.kept === true).length;
  return (
    <section aria-label={t("title")} data-region data-part="commitments">
      <SectionHead
        title={t("title")}
        note={all.length > 0 ? t("keptOf", { kept, count: all.length }) : undefined}
      >
        <Button size="small" icon="plus" disabled={adding} why={why} onClick={() => setAdding(true)}>
          {t("add")}
        </Button>
      </SectionHead>
      {found.error ? <Problem error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? (
        <p className="faint small pad" role="status">
          {t("loading")}
        </p>
      ) : null}
      {found.data?.length === 0 && !adding ? <p className="faint small pad">{t("none")}</p> : null}
      <ul className={css.list}>
        {all.map((one) => (
          <Line key={one.id} one={one} people={people} deeds={deeds} />
        ))}
      </ul>
      {adding ? (
        <PromiseForm
          people={people}
          busy={deeds.add.isPending}
          onDone={() => setAdding(false)}
          onSave={(said) =>
            deeds.add.mutate({ [of.field]: of.id, ...said }, { onSuccess: () => setAdding(false) })
          }
        />
      ) : null}
      <Problem error={deeds.add.error ?? deeds.remove.error} />
    </section>
  );
}

/** How a promise stands on a day: its sign, and the colour of its day. */
function look(
  one: Commitment,
  today: number,
): { icon: IconName; tone: string; said: "kept" | "broken" | "late" | "open" } {
  if (one.kept === true) return { icon: "check", tone: "is-good", said: "kept" };
  if (one.kept === false) return { icon: "x", tone: "is-bad", said: "broken" };
  const late = one.due !== null && one.due < today;
  return late
    ? { icon: "clock", tone: "is-warning", said: "late" }
    : { icon: "clock", tone: "faint", said: "open" };
}

type Edit = RecordEdit<"commitment">;

function Line({ one: read, people, deeds }: { one: Commitment; people: Person[]; deeds: Deeds }) {
  const { t } = useTranslation("commitments");
  const edit = useRecord("commitment", read);
  const one = edit.now;
  const [doing, setDoing] = useState<"edit" | "word" | null>(null);
  const now = Date.now();
  const { icon, tone, said } = look(one, calendarDay(now));
  const who = people.find((p) => p.id === one.person_id);
  if (doing === "edit")
    return (
      <li data-editing>
        <EditPromise one={one} people={people} edit={edit} onDone={() => setDoing(null)} />
      </li>
    );
  return (
    <li data-testid="commitment">
      <span className={tone} title={t(said)}>
        <Icon name={icon} size="small" />
        <span className="unseen">{t(said)}</span>
      </span>
      <div>
        <p>
          <bdi>{one.promise}</bdi>
        </p>
        {one.word ? (
          <p className="small quiet pre">
            <bdi>{one.word}</bdi>
          </p>
        ) : null}
        <p className="small faint row">
          {who ? <Avatar name={who.name} roles={who.roles} small /> : null}
          <bdi>{who?.name}</bdi>
          {one.due === null ? null : (
            <span className={`figures ${said === "late" ? "is-warning" : ""}`}>
              {t("by", { day: dueText(one.due, now) })}
            </span>
          )}
        </p>
        {doing === "word" ? <WordForm one={one} edit={edit} onDone={() => setDoing(null)} /> : null}
      </div>
      <Deeds edit={edit} deeds={deeds} onDo={setDoing} />
      <Problem error={edit.error} />
    </li>
  );
}

function Deeds({ edit, deeds, onDo }: { edit: Edit; deeds: Deeds; onDo: (what: "edit" | "word") => void }) {
  const { t } = useTranslation("commitments");
  const one = edit.now;
  const why = useWithheld("commitment", one.id);
  const cannot = why("commitment.edit");
  const say = (kept: boolean | null) => void edit.set({ kept });
  return (
    <Menu
      align="end"
      trigger={<Button size="small" tone="ghost" icon="more" label={t("deeds", { promise: one.promise })} />}
    >
      {one.kept === true ? null : (
        <MenuItem icon="check" why={cannot} onSelect={() => say(true)}>
          {t("sayKept")}
        </MenuItem>
      )}
      {one.kept === false ? null : (
        <MenuItem icon="x" why={cannot} onSelect={() => onDo("word")}>
          {t("sayBroken")}
        </MenuItem>
      )}
      {one.kept === null ? null : (
        <MenuItem icon="clock" why={cannot} onSelect={() => say(null)}>
          {t("sayOpen")}
        </MenuItem>
      )}
      <MenuRule />
      <MenuItem icon="edit" why={cannot} onSelect={() => onDo("edit")}>
        {t("edit")}
      </MenuItem>
      <MenuItem icon="trash" bad why={why("commitment.delete")} onSelect={() => deeds.remove.mutate(one.id)}>
        {t("remove")}
      </MenuItem>
    </Menu>
  );
}

type LineFormProps = {
  /** What the line says, and a hint at it. */
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
  /** Words on the button that saves. */
  save: string;
  busy: boolean;
  error?: unknown;
  onSave: () => void;
  onDone: () => void;
  children?: ReactNode;
};

/** One line to write, what else is to be said of it, and the two ways out. */
function LineForm({
  label,
  hint,
  value,
  onChange,
  save,
  busy,
  error,
  onSave,
  onDone,
  children,
}: LineFormProps) {
  const { t: common } = useTranslation();
  const ready = value.trim() !== "" && !busy;
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (ready) onSave();
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <input
        className="input"
        aria-label={label}
        placeholder={hint}
        // biome-ignore lint/a11y/noAutofocus: the person asked to write this
        autoFocus
        value={value}
        onChange={(e) => onChange(e.target.value)}
      />
      <Problem error={error} />
      <div className="row">
        {children}
        <span className="grow" />
        <Button size="small" onClick={onDone}>
          {common("cancel")}
        </Button>
        <Button size="small" tone="primary" type="submit" disabled={!ready}>
          {save}
        </Button>
      </div>
    </form>
  );
}

/** A promise that was not kept says why. */
function WordForm({ one, edit, onDone }: { one: Commitment; edit: Edit; onDone: () => void }) {
  const { t } = useTranslation("commitments");
  const [was] = useState(one);
  const [word, setWord] = useState(one.word);
  const said = useWritten((kept: { kept: boolean; word: string }, rev: number) => edit.saveAll(kept, rev));
  const save = async (rev: number) => {
    if (await said.write({ kept: false, word }, rev)) onDone();
  };
  if (said.clash) {
    const { theirs, rev } = said.clash;
    const fields = [{ label: t("word"), theirs: theirs.word, mine: word }];
    return <Clash fields={fields} busy={said.busy} onTheirs={onDone} onMine={() => void save(rev)} />;
  }
  return (
    <LineForm
      label={t("word")}
      hint={t("wordHint")}
      value={word}
      onChange={setWord}
      save={t("sayBroken")}
      busy={said.busy}
      error={said.error}
      onSave={() => void save(was.rev)}
      onDone={onDone}
    />
  );
}

type EditProps = { one: Commitment; people: Person[]; edit: Edit; onDone: () => void };

/** A promise in other words; what somebody else made of it meanwhile is shown beside them. */
function EditPromise({ one, people, edit, onDone }: EditProps) {
  const { t } = useTranslation("commitments");
  const [was] = useState(one);
  const said = useWritten((to: Said, rev: number) => edit.saveAll(to, rev));
  const save = async (to: Said, rev: number) => {
    if (await said.write(to, rev)) onDone();
  };
  const { clash, busy } = said;
  if (clash) {
    const named = ({ promise, person_id, due }: Said): [string, string][] => [
      [t("promise"), promise],
      [t("who"), people.find((p) => p.id === person_id)?.name ?? ""],
      [t("day"), due === null ? t("noDay") : dueText(due, Date.now())],
    ];
    const theirs = named(clash.theirs);
    const fields = named(clash.mine).map(([label, mine], i) => ({
      label,
      mine,
      theirs: theirs[i]?.[1] ?? "",
    }));
    return (
      <Clash fields={fields} busy={busy} onTheirs={onDone} onMine={() => void save(clash.mine, clash.rev)} />
    );
  }
  return (
    <PromiseForm
      people={people}
      was={was}
      busy={busy}
      error={said.error}
      onDone={onDone}
      onSave={(to) => void save(to, was.rev)}
    />
  );
}

type Said = { promise: string; person_id: string; due: number | null };
type FormProps = {
  people: Person[];
  was?: Commitment;
  busy: boolean;
  error?: unknown;
  onSave: (said: Said) => void;
  onDone: () => void;
};

/** What, who, by when. */
function PromiseForm({ people, was, busy, error, onSave, onDone }: FormProps) {
  const { t } = useTranslation("commitments");
  const { t: common } = useTranslation();
  const me = useWorkspace().data?.actor.id ?? "";
  const id = useId();
  const [promise, setPromise] = useState(was?.promise ?? "");
  const [person, setPerson] = useState(was?.person_id ?? "");
  const [due, setDue] = useState<number | null>(was?.due ?? null);
  const person_id = person || me;
  return (
    <LineForm
      label={t("promise")}
      hint={t("promiseHint")}
      value={promise}
      onChange={setPromise}
      save={common("save")}
      busy={busy}
      error={error}
      onSave={() => onSave({ promise: promise.trim(), person_id, due })}
      onDone={onDone}
    >
      <label className="unseen" htmlFor={id}>
        {t("who")}
      </label>
      <select id={id} className="drop-down" value={person_id} onChange={(e) => setPerson(e.target.value)}>
        {people.map((p) => (
          <option key={p.id} value={p.id}>
            {p.name}
          </option>
        ))}
      </select>
      <DuePicker value={due} why={null} onPick={setDue}>
        <span className={due === null ? "faint" : "figures"}>
          {due === null ? t("noDay") : t("by", { day: dueText(due, Date.now()) })}
        </span>
      </DuePicker>
    </LineForm>
  );
}
