import { useTranslation } from "react-i18next";
import type { SearchResults } from "../../ipc";

/** What a search did not look for, and where it did not look yet. */
export function Limits({ results }: { results: SearchResults | undefined }) {
  const { t } = useTranslation("search");
  if (!results) return null;
  const { left_out, renewing } = results;
  if (left_out.length === 0 && renewing === null) return null;
  return (
    <div role="status">
      {left_out.length > 0 ? (
        <p className="faint pad">{t("leftOut", { pieces: left_out.join(" ") })}</p>
      ) : null}
      {renewing === null ? null : <p className="faint pad">{t("renewing", { percent: renewing })}</p>}
    </div>
  );
}
