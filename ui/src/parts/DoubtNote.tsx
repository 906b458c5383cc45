import { useTranslation } from "react-i18next";
import css from "./DoubtNote.module.css";
import { Icon } from "./Icon";

/** How words look that were hardly heard. */
export const doubtful = { className: css.doubtful, "data-doubtful": "" };
/** How what is said of a line looks beside it. */
export const lineNote = css.note;

type Props = {
  /** Where it is said in other words than “in doubt”. */
  words?: string;
  /** How much in doubt, or what will settle it. */
  hint: string;
};

/** Stands beside words that were hardly heard; the words themselves look like `doubtful`. */
export function DoubtNote({ words, hint }: Props) {
  const { t } = useTranslation();
  return (
    <span className={css.note} data-part="note" title={hint} data-testid="doubt">
      <Icon name="warn" size="tiny" />
      {words ?? t("doubt")}
      <span className="unseen">{t("doubtMeans", { hint })}</span>
    </span>
  );
}
