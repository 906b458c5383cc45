import { Popover } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person, PersonId, SessionView } from "../../ipc";
import { Avatar } from "../../parts/Avatar";
import { Button } from "../../parts/Button";
import { FactList } from "../../parts/FactList";
import { InlineText } from "../../parts/InlineText";
import { Menu, MenuItem, MenuRule } from "../../parts/Menu";
import { moveFocus } from "../../parts/moveFocus";
import { PickButton } from "../../parts/PickButton";
import { Pop } from "../../parts/Pop";
import { SectionHead } from "../../parts/SectionHead";
import type { RecordEdit } from "../../records/record";
import { useWithheld, type Why } from "../../records/withheld";
import { dateTimeText, day, parseDateTime } from "../../text/format";
import chooser from "../../things/person/chooser.module.css";
import { NewPersonForm } from "../../things/person/NewPersonForm";
import { usePeople } from "../../things/person/queries";
import css from "./Facts.module.css";
import { weekdayTime } from "./time";

type Props = { view: SessionView; edit: RecordEdit<"session"> };
type PartProps = Props & { why: Why };

/** When, where, who leads, who listens. */
export function Facts({ view, edit }: Props) {
  const { t } = useTranslation("sessions");
  const { session } = view.row;
  const why = useWithheld("session", session.id)("session.edit");
  return (
    <>
      <section aria-label={t("facts.title")}>
        <SectionHead title={t("facts.title")} />
        <FactList>
          <dt>{t("field.time")}</dt>
          <dd>
            <Start view={view} edit={edit} why={why} />
          </dd>
          <dt>{t("field.place")}</dt>
          <dd>
            <InlineText
              dense
              label={t("field.place")}
              value={session.place}
              rev={session.rev}
              why={why}
              onSave={(text, rev) => edit.save("place", text, rev)}
            >
              {session.place ? (
                <bdi className="pre">{session.place}</bdi>
              ) : (
                <span className="faint">{t("facts.unset")}</span>
              )}
            </InlineText>
          </dd>
          <dt>{t("field.facilitator")}</dt>
          <dd>
            <Facilitator
              view={view}
              why={why}
              onPick={(facilitator_id) => void edit.set({ facilitator_id })}
            />
          </dd>
        </FactList>
      </section>
      <People view={view} edit={edit} why={why} />
    </>
  );
}

function Start({ view, edit, why }: PartProps) {
  const { t, i18n } = useTranslation("sessions");
  const { session } = view.row;
  const at = session.starts_at;
  const shown = (ms: number | null) => (ms === null ? "" : dateTimeText(ms));
  const read = (text: string) => (text === "" ? null : parseDateTime(text));
  return (
    <InlineText
      dense
      label={t("field.time")}
      value={shown(at)}
      rev={session.rev}
      why={why}
      placeholder={t("time.format")}
      check={(text) => (text !== "" && read(text) === null ? t("time.wrong") : null)}
      onSave={async (text, rev) => {
        const saved = await edit.save("starts_at", read(text), rev);
        return saved.state === "saved" ? saved : { ...saved, theirs: shown(saved.theirs) };
      }}
    >
      {at === null ? (
        <span className="faint">{t("row.undated")}</span>
      ) : (
        <span className="figures">
          {day(at)} {weekdayTime(at, i18n.language)}
        </span>
      )}
    </InlineText>
  );
}

type FacilitatorProps = { view: SessionView; why: Why; onPick: (id: PersonId | null) => void };

function Facilitator({ view, why, onPick }: FacilitatorProps) {
  const { t } = useTranslation("sessions");
  const all = usePeople().data ?? [];
  const id = view.row.session.facilitator_id;
  const now = all.find((p) => p.id === id);
  return (
    <Menu
      why={why}
      trigger={
        <PickButton data-testid="session-facilitator">
          {now ? (
            <>
              <Avatar name={now.name} roles={now.roles} small />
              <bdi>{now.name}</bdi>
            </>
          ) : (
            <span className="faint">{t("who.nobody")}</span>
          )}
        </PickButton>
      }
    >
      {all.map((p) => (
        <MenuItem key={p.id} checked={p.id === id} onSelect={() => onPick(p.id)}>
          {p.name}
        </MenuItem>
      ))}
      {id ? (
        <>
          <MenuRule />
          <MenuItem icon="x" onSelect={() => onPick(null)}>
            {t("who.clear")}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}

function People({ view, edit, why }: PartProps) {
  const { t } = useTranslation("sessions");
  const { people } = view;
  const ids = view.row.session.people;
  return (
    <section aria-label={t("field.people")} data-rows="people">
      <SectionHead
        title={t("field.people")}
        note={people.length > 0 ? t("count.people", { count: people.length }) : undefined}
      >
        <AddPerson
          there={ids}
          why={why}
          onAdd={(id) => void edit.set((now) => ({ people: [...now.people, id] }))}
        />
      </SectionHead>
      {people.length === 0 ? <p className="faint small pad">{t("who.none")}</p> : null}
      <ul className={css.people}>
        {people.map((p) => (
          <li key={p.id} data-testid="session-person">
            <Avatar name={p.name} roles={p.roles} small />
            <bdi>{p.name}</bdi>
            <span className="faint small grow cut">
              <bdi>{p.org_unit}</bdi>
            </span>
            <Button
              size="small"
              tone="ghost"
              icon="x"
              why={why}
              label={t("who.remove", { name: p.name })}
              onClick={() => void edit.set((now) => ({ people: now.people.filter((id) => id !== p.id) }))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

type AddProps = { there: PersonId[]; why: Why; onAdd: (id: PersonId) => void };

/** Asks somebody along: from those at hand, or somebody new. */
function AddPerson({ there, why, onAdd }: AddProps) {
  const { t } = useTranslation("sessions");
  const { t: people } = useTranslation("people");
  const [open, setOpen] = useState(false);
  const [adding, setAdding] = useState(false);
  const whyNew = useWithheld()("person.add");
  const free = (usePeople().data ?? []).filter((p) => !there.includes(p.id));
  const done = (person?: Person) => {
    if (person) onAdd(person.id);
    setAdding(false);
    setOpen(person === undefined);
  };
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setAdding(false);
      }}
    >
      <Popover.Trigger asChild>
        <Button size="small" tone="ghost" icon="plus" why={why} data-testid="session-add-person">
          {t("who.add")}
        </Button>
      </Popover.Trigger>
      <Pop className={chooser.popover} aria-label={t("who.add")} onKeyDown={moveFocus}>
        {adding ? (
          <NewPersonForm onDone={done} />
        ) : (
          <>
            {free.length === 0 ? <p className="faint pad">{t("who.all")}</p> : null}
            <div className={`${chooser.list} scroll`}>
              {free.map((p) => (
                <button key={p.id} type="button" className={chooser.person} onClick={() => onAdd(p.id)}>
                  <Avatar name={p.name} roles={p.roles} small />
                  <span className="grow">
                    <bdi>{p.name}</bdi>{" "}
                    <span className="faint small">
                      <bdi>{p.org_unit}</bdi>
                    </span>
                  </span>
                </button>
              ))}
            </div>
            <div className="row foot">
              <Button size="small" icon="plus" why={whyNew} onClick={() => setAdding(true)}>
                {people("add")}
              </Button>
            </div>
          </>
        )}
      </Pop>
    </Popover.Root>
  );
}
