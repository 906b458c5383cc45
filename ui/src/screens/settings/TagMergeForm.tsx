import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Tag, TagId } from "../../ipc";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";

/** One code takes over from another; says what that means before it happens. */
export function TagMergeForm({ tag, others, onDone }: { tag: Tag; others: Tag[]; onDone: () => void }) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const [into, setInto] = useState<TagId>("");
  const target = others.find((o) => o.id === into);
  const merge = useMutation({ mutationFn: () => ipc.mergeTags({ from: tag.id, into }), onSuccess: onDone });
  return (
    <div className="st-form">
      <div className="row">
        <span>{t("codes.mergeInto", { name: tag.name })}</span>
        <select
          className="drop-down"
          aria-label={t("codes.mergeInto", { name: tag.name })}
          value={into}
          onChange={(e) => setInto(e.target.value)}
        >
          <option value="">{t("codes.choose")}</option>
          {others.map((o) => (
            <option key={o.id} value={o.id}>
              {o.name}
            </option>
          ))}
        </select>
        <span className="grow" />
        <Button size="s" onClick={onDone}>
          {common("cancel")}
        </Button>
        <Button
          size="s"
          tone="pri"
          data-testid="tag-merge"
          disabled={!target || merge.isPending}
          onClick={() => merge.mutate()}
        >
          {t("codes.doMerge")}
        </Button>
      </div>
      {target ? (
        <p className="mute t12">{t("codes.mergeMeans", { from: tag.name, into: target.name })}</p>
      ) : null}
      <Problem error={merge.error} />
    </div>
  );
}
