import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { qk, queryClient } from "../app/queries";
import { asNote, ipc, type Sharing } from "../ipc";
import { Button } from "../parts/Button";
import { Icon } from "../parts/Icon";
import { ErrorNote } from "../parts/states";
import { useWorkspace } from "../screens/issues/queries";

/** Asks once whether a workspace that others can use is meant for them. Nothing is closed before somebody said so. */
export function SharingBar() {
  const { t } = useTranslation();
  const { data } = useWorkspace();
  const settle = useMutation({
    mutationFn: (sharing: Sharing) => ipc.settleSharing(sharing),
    onSuccess: (info) => queryClient.setQueryData(qk.workspace, info),
  });
  if (data?.sharing !== "unsettled") return null;
  return (
    <aside className="sharing-bar" aria-label={t("sharingBar")} data-testid="sharing-bar" data-region>
      <Icon name="shield" size="s" />
      <b>{t("sharingOpen")}</b>
      <span className="dim">{t("sharingMeans")}</span>
      <span className="grow" />
      <Button
        size="s"
        label={t("sharingOnlyMeHint")}
        disabled={settle.isPending}
        data-testid="sharing-private"
        onClick={() => settle.mutate("private")}
      >
        {t("sharingOnlyMe")}
      </Button>
      <Button
        size="s"
        tone="ghost"
        label={t("sharingGroupHint")}
        disabled={settle.isPending}
        data-testid="sharing-group"
        onClick={() => settle.mutate("group")}
      >
        {t("sharingGroup")}
      </Button>
      {settle.isError && <ErrorNote note={asNote(settle.error)} onDismiss={() => settle.reset()} />}
    </aside>
  );
}
