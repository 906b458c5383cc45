import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ipc, type Person, unlessRefused } from "../../ipc";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { Problem } from "../../parts/Problem";
import pieces from "./pieces.module.css";

/** A person's name goes for good; what they did stays. Not without a reason. */
export function PurgePersonForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const [reason, setReason] = useState("");
  const purge = useMutation({
    mutationFn: () => unlessRefused(ipc.purge({ kind: "person", id: person.id, reason })),
    // Who says no when asked once more is still here, with their reason.
    onSuccess: (done) => done !== null && onDone(),
  });
  return (
    <form
      className={pieces.form}
      data-testid="purge-person"
      onSubmit={(e) => {
        e.preventDefault();
        if (reason.trim()) purge.mutate();
      }}
    >
      <p className="faint small">{t("people.purgeMeans", { name: person.name })}</p>
      <div className="row">
        <Field
          className="grow"
          label={t("people.purgeWhy")}
          value={reason}
          maxLength={400}
          onChange={(e) => setReason(e.target.value)}
        />
        <Button size="small" onClick={onDone}>
          {common("cancel")}
        </Button>
        <Button size="small" tone="primary" type="submit" disabled={!reason.trim() || purge.isPending}>
          {t("people.purgeDo")}
        </Button>
      </div>
      <Problem error={purge.error} />
    </form>
  );
}
