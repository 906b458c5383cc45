import { useTranslation } from "react-i18next";
import type { FactsPlan } from "../../../ipc";
import { SectionHead } from "../../../parts/SectionHead";
import { useErrorWords } from "../../../parts/words";
import { shownPath } from "../../../text/path";
import { fileName } from "../../../things/case/import/plan";
import css from "./plan.module.css";
import { isUnreadable } from "./shown";

/** Files that tell of nothing: they could not be read, or are something else. */
export function PassedOver({ plan, shown }: { plan: FactsPlan; shown: "unreadable" | "passed" }) {
  const { t } = useTranslation("imports");
  const words = useErrorWords();
  if (shown === "unreadable")
    return (
      <div className={`${css.pile} scroll`}>
        <ul>
          {isUnreadable(plan).map(({ path, error }) => (
            <li key={path} className={css.file}>
              <b title={shownPath(path)}>{fileName(path)}</b>
              {error ? (
                <p className="is-bad">{words({ ...error, args: { name: fileName(path), ...error.args } })}</p>
              ) : null}
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <div className={`${css.pile} scroll`}>
      {plan.ignored.length > 0 ? (
        <section>
          <SectionHead title={t("passed.ignored", { count: plan.ignored_count })} />
          <Paths paths={plan.ignored} />
          {plan.ignored_count > plan.ignored.length ? (
            <p className="faint small">{t("loose.first", { count: plan.ignored.length })}</p>
          ) : null}
        </section>
      ) : null}
      {plan.unopened.length > 0 ? (
        <section>
          <SectionHead title={t("passed.unopened", { count: plan.unopened.length })} />
          <Paths paths={plan.unopened} />
        </section>
      ) : null}
    </div>
  );
}

function Paths({ paths }: { paths: string[] }) {
  return (
    <ul>
      {paths.map((path) => (
        <li key={path} className={css.file} title={shownPath(path)}>
          {fileName(path)}
        </li>
      ))}
    </ul>
  );
}
