import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Contact, type FactKey, ipc, type ToldDifference } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { SectionHead } from "../../../parts/SectionHead";
import { qk } from "../../../records/queries";
import { useWithheld } from "../../../records/withheld";
import { clock, dateTimeSeconds } from "../../../text/format";
import css from "./CaseFile.module.css";
import { isCustomers, useShown } from "./Whole";

/** Where somebody wrote something else than the last import said of a contact: both, and the way to the import's. */
export function Differences({ contact }: { contact: Contact }) {
  const { t } = useTranslation("console");
  const { data } = useQuery({
    queryKey: qk.toldDifferences(contact.case_id),
    queryFn: () => ipc.toldDifferences(contact.case_id),
  });
  const why = useWithheld("contact", contact.id)("facts.take");
  const take = useMutation({
    mutationFn: (keys: FactKey[] | null) => ipc.takeTold({ contact_id: contact.id, keys }),
  });
  const shown = useShown(contact);
  const differing =
    data?.filter((one) => one.contact_id === contact.id).map((one) => asShown(one, shown)) ?? [];
  if (differing.length === 0) return null;
  return (
    <section className={css.told} aria-label={t("toldTitle")} data-testid="told">
      <SectionHead title={t("toldTitle")} level={3}>
        {differing.length > 1 ? (
          <Button size="small" why={why} disabled={take.isPending} onClick={() => take.mutate(null)}>
            {t("toldTakeAll")}
          </Button>
        ) : null}
      </SectionHead>
      <ul>
        {differing.map((one) => (
          <Difference
            key={one.key}
            one={one}
            take={
              <Button
                size="small"
                why={why}
                disabled={take.isPending}
                aria-label={t("toldTakeOf", { field: t(`field_${one.key}`) })}
                onClick={() => take.mutate([one.key])}
              >
                {t("toldTake")}
              </Button>
            }
          />
        ))}
      </ul>
      <Problem error={take.error} />
    </section>
  );
}

/** What a customer is called or reached by is told by the beginning: whole where the contact is. */
const asShown = (one: ToldDifference, shown: Contact): ToldDifference =>
  isCustomers(one.field) && one.kind === "contact"
    ? { ...one, mine: shown[one.field], told: shown.told[one.key] ?? one.told }
    : one;

function Difference({ one, take }: { one: ToldDifference; take: ReactNode }) {
  const { t } = useTranslation("console");
  const words = useFactWords();
  const side = (name: string, value: unknown) => (
    <p>
      <span className="label">{name}</span> <bdi>{words(one.key, value) || t("toldEmpty")}</bdi>
    </p>
  );
  return (
    <li>
      <span className="grow">
        <b>{t(`field_${one.key}`)}</b>
        {side(t("toldMine"), one.mine)}
        {side(t("toldImport"), one.told)}
      </span>
      {take}
    </li>
  );
}

/** Words the value of a fact. */
function useFactWords(): (key: FactKey, value: unknown) => string {
  const { t } = useTranslation("console");
  return (key, value) => {
    if (value === null || value === "") return "";
    if (key.endsWith("_at")) return dateTimeSeconds(Number(value));
    if (key.endsWith("_ms")) return clock(Number(value));
    if (key === "direction" || key === "handled_by") return t(`${key}_${value}` as "direction_inbound");
    return String(value);
  };
}
