import { Popover } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Avatar } from "../parts/Avatar";
import { Button, Tip } from "../parts/Button";
import { Icon } from "../parts/Icon";
import { moveFocus } from "../parts/moveFocus";
import { Pop } from "../parts/Pop";
import { Problem } from "../parts/Problem";
import { Sep } from "../parts/SectionHead";
import { useRoleWords } from "../parts/words";
import { useWithheld } from "../records/withheld";
import { useWorkspace } from "../seat/workspace";
import chooser from "../things/person/chooser.module.css";
import { NewPersonForm } from "../things/person/NewPersonForm";
import { usePeople } from "../things/person/queries";
import { useSwitchPerson } from "../things/person/useSwitchPerson";
import css from "./PersonSwitch.module.css";

/** Who is at this seat: every action carries this name. */
export default function PersonSwitch() {
  const { t } = useTranslation("people");
  const [open, setOpen] = useState(false);
  const [adding, setAdding] = useState(false);
  const me = useWorkspace().data?.actor;
  const people = usePeople();
  const change = useSwitchPerson(() => setOpen(false));
  const words = useRoleWords();
  const why = useWithheld();
  if (!me) return null;
  const name = t("seat", { name: me.name });
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setAdding(false);
      }}
    >
      <Tip label={name}>
        <Popover.Trigger asChild>
          <button type="button" className={css.seat} aria-label={name} data-testid="person-switch">
            <Avatar name={me.name} roles={me.roles} />
          </button>
        </Popover.Trigger>
      </Tip>
      <Pop className={chooser.popover} side="right" sideOffset={8} aria-label={t("who")}>
        <p className="label">{t("who")}</p>
        <div
          role="radiogroup"
          aria-label={t("who")}
          onKeyDown={moveFocus}
          className={`${chooser.list} scroll`}
        >
          {people.data?.map((p) => (
            <button
              key={p.id}
              type="button"
              role="radio"
              aria-checked={p.id === me.id}
              className={chooser.person}
              data-testid="person-row"
              onClick={() => (p.id === me.id ? setOpen(false) : change.mutate(p.id))}
            >
              <Avatar name={p.name} roles={p.roles} />
              <span className="grow">
                <bdi className={css.name}>{p.name}</bdi>{" "}
                <span className="faint small">
                  {p.roles.length > 0 ? words(p.roles) : null}
                  {p.roles.length > 0 && p.org_unit ? <Sep /> : null}
                  <bdi>{p.org_unit}</bdi>
                </span>
              </span>
              {p.id === me.id ? <Icon name="check" size="small" /> : null}
            </button>
          ))}
        </div>
        <Problem error={people.error ?? change.error} />
        {adding ? (
          <NewPersonForm onDone={() => setAdding(false)} />
        ) : (
          <div className="row foot">
            <Button size="small" icon="plus" why={why("person.add")} onClick={() => setAdding(true)}>
              {t("add")}
            </Button>
            <span className="grow" />
            <Link className="link small" href="/settings/people" onClick={() => setOpen(false)}>
              {t("manage")}
            </Link>
          </div>
        )}
      </Pop>
    </Popover.Root>
  );
}
