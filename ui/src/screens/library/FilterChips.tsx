import { useTranslation } from "react-i18next";
import type { CaseFilter } from "../../ipc";
import { Button } from "../../parts/Button";
import { Chip } from "../../parts/Chip";
import { Icon } from "../../parts/Icon";
import css from "./FilterMenu.module.css";
import { keyOf, narrow } from "./filters";
import { useLibrary } from "./state";
import type { HeardIn } from "./useCalls";
import { useBetweenWords, useFilterNames, useValueWords } from "./words";

type Props = { filters: readonly CaseFilter[]; sessions: readonly HeardIn[] };

/** Values named in a chip. */
const SHOWN = 3;

/** What the library is narrowed by, each with a way to let it go. */
export function FilterChips({ filters, sessions }: Props) {
  const { t } = useTranslation("library");
  const nameOf = useFilterNames();
  if (filters.length === 0) return null;
  return (
    <ul className={css.chips} aria-label={t("filter.list")} data-testid="filter-chips">
      {filters.map((filter) => {
        const name = nameOf(filter);
        return (
          <li key={keyOf(filter)}>
            <Chip tone="line" className={css.chip}>
              <span className="cut">
                {name}
                <Said filter={filter} sessions={sessions} />
              </span>
              <button
                type="button"
                aria-label={t("filter.remove", { name })}
                title={t("filter.remove", { name })}
                onClick={() => narrow(keyOf(filter), null)}
              >
                <Icon name="x" size="tiny" />
              </button>
            </Chip>
          </li>
        );
      })}
      <li>
        <Button size="small" tone="ghost" onClick={() => useLibrary.setState({ filters: [] })}>
          {t("filter.removeAll")}
        </Button>
      </li>
    </ul>
  );
}

/** What a filter asks of its fact. */
function Said({ filter, sessions }: { filter: CaseFilter; sessions: readonly HeardIn[] }) {
  const { t } = useTranslation("library");
  const words = useValueWords();
  const between = useBetweenWords();
  const colon = t("filter.colon");
  switch (filter.by) {
    case "one_of": {
      const more = filter.values.length - SHOWN;
      return (
        <>
          {colon}
          {filter.values.slice(0, SHOWN).map((value, i) => (
            <span key={value}>
              {i > 0 ? t("filter.or") : null}
              {value === "" ? t("filter.unknown") : <bdi>{words(filter.fact, value)}</bdi>}
            </span>
          ))}
          {more > 0 ? t("filter.more", { count: more }) : null}
        </>
      );
    }
    case "between":
      return <>{colon + between(filter)}</>;
    case "is":
      return <>{colon + t(filter.yes ? "filter.yes" : "filter.no")}</>;
    case "in_session":
      return (
        <>
          {colon}
          <bdi>{sessions.find((one) => one.id === filter.session_id)?.title}</bdi>
        </>
      );
  }
}
