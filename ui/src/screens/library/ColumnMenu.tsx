import { Popover } from "radix-ui";
import { useTranslation } from "react-i18next";
import { Button } from "../../parts/Button";
import { Pop } from "../../parts/Pop";
import { Problem } from "../../parts/Problem";
import { useSettings } from "../../records/useSettings";
import { useWithheld } from "../../records/withheld";
import { allColumns, toggled, useColumns } from "./columns";
import css from "./FilterMenu.module.css";

/** Which columns stand beside the title; kept with the person. */
export function ColumnMenu() {
  const { t } = useTranslation("library");
  const why = useWithheld()("person.settings");
  const { settings, save, error } = useSettings();
  const columns = useColumns();
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button icon="table" label={t("columns.open")} why={why} data-testid="columns-open" />
      </Popover.Trigger>
      <Pop className={css.pop} aria-label={t("columns.open")}>
        <p className="label">{t("columns.open")}</p>
        <ul className={`${css.values} scroll`}>
          {allColumns.map((column) => (
            <li key={column}>
              <label className={css.value}>
                <input
                  type="checkbox"
                  checked={columns.includes(column)}
                  disabled={!settings}
                  onChange={() => {
                    if (settings)
                      void save({ library: { ...settings.library, columns: toggled(columns, column) } });
                  }}
                />
                <span className="grow">{t(`col.${column}`)}</span>
              </label>
            </li>
          ))}
        </ul>
        <Problem error={error} />
      </Pop>
    </Popover.Root>
  );
}
