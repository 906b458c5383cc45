import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ipc, type Sharing } from "../ipc";
import { Band } from "../parts/Band";
import { Button } from "../parts/Button";
import { qk, queryClient } from "../records/queries";
import { useWorkspace } from "../seat/workspace";

/** Asks once whether a workspace that others can use is meant for them. Nothing is closed before somebody said so. */
export function SharingBand() {
  const { t } = useTranslation();
  const { data } = useWorkspace();
  const settle = useMutation({
    mutationFn: (sharing: Sharing) => ipc.settleSharing(sharing),
    onSuccess: (info) => queryClient.setQueryData(qk.workspace, info),
  });
  if (data?.sharing !== "unsettled") return null;
  const { error, variables: chosen, mutate, reset } = settle;
  const ways = (
    <>
      <Button
        size="small"
        label={t("sharingOnlyMeHint")}
        disabled={settle.isPending}
        data-testid="sharing-private"
        onClick={() => mutate("private")}
      >
        {t(settle.isPending && chosen === "private" ? "sharingWorking" : "sharingOnlyMe")}
      </Button>
      <Button
        size="small"
        label={t("sharingGroupHint")}
        disabled={settle.isPending}
        data-testid="sharing-group"
        onClick={() => mutate("group")}
      >
        {t(settle.isPending && chosen === "group" ? "sharingWorking" : "sharingGroup")}
      </Button>
    </>
  );
  const trouble = error && chosen ? { error, retry: () => mutate(chosen), dismiss: reset } : null;
  return (
    <Band
      label={t("sharingBar")}
      testId="sharing-band"
      tone="warn"
      icon="shield"
      head={t("sharingOpen")}
      ways={ways}
      trouble={trouble}
    >
      <span className="quiet">{t("sharingMeans")}</span>
    </Band>
  );
}
