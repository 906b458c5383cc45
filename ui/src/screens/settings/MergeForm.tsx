import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import pieces from "./pieces.module.css";

type Named = { id: string; name: string };

type Props<T extends Named> = {
  from: T;
  others: T[];
  /** What becomes of both, said before it happens. */
  means: (into: T) => string;
  /** How one of several with the same name is told apart. */
  option?: (one: T) => string;
  merge: (into: T) => Promise<unknown>;
  onDone: () => void;
};

/** One code or person takes over from another; says what that means before it happens. */
export function MergeForm<T extends Named>({ from, others, means, option, merge, onDone }: Props<T>) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const [chosen, setChosen] = useState("");
  const into = others.find((o) => o.id === chosen);
  const doing = useMutation({ mutationFn: merge, onSuccess: onDone });
  const label = t("merge.into", { name: from.name });
  return (
    <div className={pieces.form} data-testid="merge-form">
      <div className="row">
        <span>{label}</span>
        <select
          className="drop-down"
          aria-label={label}
          value={chosen}
          onChange={(e) => setChosen(e.target.value)}
        >
          <option value="">{t("merge.choose")}</option>
          {others.map((o) => (
            <option key={o.id} value={o.id}>
              {option?.(o) ?? o.name}
            </option>
          ))}
        </select>
        <span className="grow" />
        <Button size="small" onClick={onDone}>
          {common("cancel")}
        </Button>
        <Button
          size="small"
          tone="primary"
          data-testid="merge-do"
          disabled={!into || doing.isPending}
          onClick={() => into && doing.mutate(into)}
        >
          {t("merge.do")}
        </Button>
      </div>
      {into ? <p className="faint small">{means(into)}</p> : null}
      <Problem error={doing.error} />
    </div>
  );
}
