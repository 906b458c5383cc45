import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";

type Props = {
  /** Where it is said in other words than “in doubt”. */
  words?: string;
  /** How much in doubt, or what will settle it. */
  hint: string;
};

/** Stands beside words that were hardly heard; the words themselves are `.low`. */
export function DoubtNote({ words, hint }: Props) {
  const { t } = useTranslation();
  return (
    <span className="tn-note" title={hint} data-testid="doubt">
      <Icon name="warn" size="xs" />
      {words ?? t("doubt")}
      <span className="sr">{t("doubtMeans", { hint })}</span>
    </span>
  );
}
