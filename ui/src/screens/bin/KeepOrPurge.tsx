import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BinRow } from "../../ipc";
import { ipc, unlessRefused } from "../../ipc";
import { Field } from "../../parts/Field";
import { NewPane } from "../../parts/NewPane";

/** What is to be done with a call of the bin, and which. */
export type Deed = { what: "purge" | "hold"; row: BinRow };

/** Why a call goes for good, or must stay: neither is done without a word. */
export function KeepOrPurge({ deed, onDone }: { deed: Deed; onDone: () => void }) {
  const { t } = useTranslation("bin");
  const { what, row } = deed;
  const [reason, setReason] = useState("");
  const act = useMutation<unknown>({
    mutationFn: () =>
      what === "purge"
        ? unlessRefused(ipc.purge({ kind: "case", id: row.case.id, reason }))
        : ipc.holdCase({ case_id: row.case.id, reason }),
    // Who says no when asked once more is still here, with their reason.
    onSuccess: (done) => done !== null && onDone(),
  });
  return (
    <NewPane
      title={t(`${what}.title`)}
      create={t(`${what}.do`)}
      createTestId={`bin-${what}-do`}
      ready={reason.trim() !== "" && !act.isPending}
      error={act.error}
      onCreate={() => act.mutate()}
      onClose={onDone}
    >
      <p>
        <b>
          <bdi>{row.case.title}</bdi>
        </b>
      </p>
      <p className="faint">{t(`${what}.means`, { marks: row.observation_count, issues: row.issue_count })}</p>
      <Field
        label={t(`${what}.why`)}
        hint={t(`${what}.whyHint`)}
        value={reason}
        maxLength={400}
        onChange={(e) => setReason(e.target.value)}
      />
    </NewPane>
  );
}
