import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../ipc";
import { ipc } from "../../ipc";
import { Avatar } from "../../parts/Avatar";
import { Button } from "../../parts/Button";
import { chipLook } from "../../parts/Chip";
import { Problem } from "../../parts/Problem";
import { SectionHead, Sep } from "../../parts/SectionHead";
import { useRoleWords } from "../../parts/words";
import { useWithheld } from "../../records/withheld";
import { useWorkspace } from "../../seat/workspace";
import { isolated } from "../../text/bidi";
import { EditPersonForm } from "../../things/person/EditPersonForm";
import { NewPersonForm } from "../../things/person/NewPersonForm";
import { usePeople } from "../../things/person/queries";
import { useGivable, useRolesCount } from "../../things/person/roles";
import { useSwitchPerson } from "../../things/person/useSwitchPerson";
import { MergeForm } from "./MergeForm";
import css from "./People.module.css";
import { PurgePersonForm } from "./PurgePersonForm";
import pieces from "./pieces.module.css";
import { useNamedLine } from "./useNamedLine";

/** Everybody whose actions are recorded here, and what they are. */
export function People() {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const people = usePeople();
  const me = useWorkspace().data?.actor;
  const [adding, setAdding] = useState(false);
  const change = useSwitchPerson();
  const why = useWithheld()("person.add");
  const here = people.data ?? [];
  return (
    <section aria-label={t("tab.people")}>
      <SectionHead title={t("tab.people")} note={t("people.note")}>
        <Button
          size="small"
          tone="primary"
          icon="plus"
          why={why}
          disabled={adding}
          onClick={() => setAdding(true)}
        >
          {t("people.add")}
        </Button>
      </SectionHead>
      {people.data ? <RolesNote /> : null}
      {adding && !why ? <NewPersonForm onDone={() => setAdding(false)} /> : null}
      <Problem error={people.error} onRetry={() => void people.refetch()} />
      <Problem error={change.error} />
      {people.isPending ? <p className="faint pad">{common("loading")}</p> : null}
      <ul className={pieces.list}>
        {here.map((p) => (
          <PersonLine
            key={p.id}
            person={p}
            others={here.filter((o) => o.id !== p.id)}
            here={p.id === me?.id}
            onSwitch={() => change.mutate(p.id)}
          />
        ))}
      </ul>
    </section>
  );
}

/** Whether roles count, and what they are not. */
function RolesNote() {
  const { t } = useTranslation("people");
  const count = useRolesCount();
  return (
    <div className={css.note} data-testid="roles-note">
      <p className="quiet">{t(count ? "rolesCount" : "rolesFree")}</p>
      <p className="faint small">{t("rolesNoLock")}</p>
    </div>
  );
}

type LineProps = { person: Person; others: Person[]; here: boolean; onSwitch: () => void };

function PersonLine({ person, others, here, onSwitch }: LineProps) {
  const { t } = useTranslation("settings");
  const words = useRoleWords();
  const named = useNamedLine(person.id);
  const [doing, setDoing] = useState<"edit" | "merge" | "purge" | null>(null);
  const withheld = useWithheld("person", person.id);
  const why = withheld("person.edit");
  const whyMerge = withheld("person.merge");
  const whyPurge = withheld("purge");
  // Of others a guest sees the name alone: that no role is told does not mean there is none.
  const told = useGivable(false).length > 0 || person.roles.length > 0;
  const done = () => setDoing(null);
  if (doing === "edit" && !why)
    return (
      <li>
        <EditPersonForm person={person} onDone={done} />
      </li>
    );
  return (
    <li data-testid="person-line" {...named}>
      <div className="row">
        <Avatar name={person.name} roles={person.roles} />
        <span className="grow">
          <bdi>
            <b>{person.name}</b>
          </bdi>{" "}
          <span className="faint">
            {told ? words(person.roles) : null}
            {told && person.org_unit ? <Sep /> : null}
            <bdi>{person.org_unit}</bdi>
          </span>
        </span>
        {here ? (
          <span {...chipLook("ok")}>{t("people.here")}</span>
        ) : (
          <Button size="small" onClick={onSwitch}>
            {t("people.switch")}
          </Button>
        )}
        {why?.code === "not_found" ? null : (
          <>
            <Button
              size="small"
              tone="ghost"
              icon="edit"
              why={why}
              label={t("people.edit", { name: person.name })}
              onClick={() => setDoing("edit")}
            />
            <Button
              size="small"
              tone="ghost"
              icon="merge"
              why={whyMerge}
              label={t("people.merge", { name: person.name })}
              disabled={others.length === 0}
              onClick={() => setDoing("merge")}
            />
            <Button
              size="small"
              tone="ghost"
              icon="trash"
              why={whyPurge}
              label={t("people.purge", { name: person.name })}
              disabled={here}
              onClick={() => setDoing("purge")}
            />
          </>
        )}
      </div>
      {doing === "purge" && !whyPurge ? <PurgePersonForm person={person} onDone={done} /> : null}
      {doing === "merge" && !whyMerge ? (
        <MergeForm
          from={person}
          others={others}
          means={(into) => t("people.mergeMeans", { from: person.name, into: into.name })}
          option={(one) => [one.name, one.org_unit].filter(Boolean).map(isolated).join(" · ")}
          merge={(into) => ipc.mergePeople({ from: person.id, into: into.id })}
          onDone={done}
        />
      ) : null}
    </li>
  );
}
