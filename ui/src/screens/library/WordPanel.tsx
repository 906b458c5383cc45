import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseFilter, CaseValues } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { qk } from "../../records/queries";
import css from "./FilterMenu.module.css";
import type { OneOf, WordFact } from "./filters";
import { caseQuery, type LibraryState } from "./state";
import { useValueWords } from "./words";

type Props = {
  fact: WordFact;
  stands: OneOf | undefined;
  state: LibraryState;
  onChange: (filter: CaseFilter | null) => void;
};

/** The values of a fact among the calls of the other filters, most frequent first, to tick. */
export function WordPanel({ fact, stands, state, onChange }: Props) {
  const { t } = useTranslation("library");
  const [typed, setTyped] = useState("");
  const part = useDeferredValue(typed.trim());
  const asked: CaseValues = {
    query: { ...caseQuery(state, 0), sort: "imported", reversed: false },
    fact,
    part,
  };
  const found = useQuery({
    queryKey: qk.cases({ values: asked }),
    queryFn: () => ipc.caseValues(asked),
    placeholderData: keepPreviousData,
  });
  const chosen = stands?.values ?? [];
  const listed = found.data ?? [];
  // What is chosen stays in sight, whatever is typed.
  const others = chosen.filter((value) => !listed.some((one) => one.value === value));
  const choose = (values: string[]) => onChange(values.length > 0 ? { by: "one_of", fact, values } : null);
  const toggle = (value: string) =>
    choose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <>
      <input
        className="input"
        type="search"
        aria-label={t("filter.find")}
        placeholder={t("filter.find")}
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
      />
      <Problem error={found.error} onRetry={() => void found.refetch()} />
      {found.data || found.error ? null : (
        <p className="faint pad" role="status">
          {t("filter.loading")}
        </p>
      )}
      <ul className={`${css.values} scroll`}>
        {others.map((value) => (
          <Value key={value} fact={fact} value={value} on onToggle={toggle} />
        ))}
        {listed.map(({ value, count }) => (
          <Value
            key={value}
            fact={fact}
            value={value}
            count={count}
            on={chosen.includes(value)}
            onToggle={toggle}
          />
        ))}
      </ul>
      {found.data && listed.length === 0 && others.length === 0 ? (
        <p className="faint pad">{t("filter.noValues")}</p>
      ) : null}
      {chosen.length > 0 ? (
        <div className="row foot">
          <Button size="small" tone="ghost" onClick={() => choose([])}>
            {t("filter.clear")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

type ValueProps = {
  fact: WordFact;
  value: string;
  count?: number;
  on: boolean;
  onToggle: (value: string) => void;
};

function Value({ fact, value, count, on, onToggle }: ValueProps) {
  const { t } = useTranslation("library");
  const words = useValueWords();
  return (
    <li>
      <label className={css.value}>
        <input type="checkbox" checked={on} onChange={() => onToggle(value)} />
        {value === "" ? (
          <span className="grow faint">{t("filter.unknown")}</span>
        ) : (
          <bdi className="grow cut">{words(fact, value)}</bdi>
        )}
        {count === undefined ? null : <span className="figures faint small">{count}</span>}
      </label>
    </li>
  );
}
