import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { IssueRow } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { MergeMeans } from "../../things/issue/MergeMeans";
import css from "./MergeBar.module.css";

interface Props {
  from: IssueRow | null;
  into: IssueRow | null;
  onSwap: () => void;
  onEnd: () => void;
}

/** Two issues become one: first the one that goes, then the one that stays, then what will move. */
export function MergeBar({ from, into, onSwap, onEnd }: Props) {
  const { t } = useTranslation("issues");
  const { t: common } = useTranslation();
  const merge = useMutation({
    mutationFn: () => ipc.mergeIssues({ from: from?.issue.id ?? "", into: into?.issue.id ?? "" }),
    onSuccess: onEnd,
  });
  const both = from !== null && into !== null;
  return (
    <section className={css.bar} aria-label={t("merge.title")}>
      <div className="grow">
        <p role="status">
          {both
            ? t("merge.preview", { from: from.issue.number, into: into.issue.number })
            : from
              ? t("merge.pickInto", { from: from.issue.number })
              : t("merge.pickFrom")}
        </p>
        {both ? <MergeMeans from={from} into={into} /> : null}
        <Problem error={merge.error} />
      </div>
      {both ? (
        <>
          <Button icon="swap" onClick={onSwap}>
            {t("merge.swap")}
          </Button>
          <Button tone="primary" disabled={merge.isPending} onClick={() => merge.mutate()}>
            {t("merge.do")}
          </Button>
        </>
      ) : null}
      <Button tone="ghost" onClick={onEnd}>
        {common("cancel")}
      </Button>
    </section>
  );
}
