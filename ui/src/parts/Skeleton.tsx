import { useTranslation } from "react-i18next";
import css from "./Skeleton.module.css";

/** Rules where the parts of a screen will stand; not seen where they come soon. */
export function Skeleton() {
  const { t } = useTranslation();
  return (
    <div className={css.skeleton} role="status" aria-label={t("loading")}>
      <i />
      <i />
      <i />
    </div>
  );
}
