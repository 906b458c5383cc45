import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { asNote, ipc, type LiveStatus } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { clock } from "../../../text/format";
import { accept } from "../../../things/live/call";
import { report } from "../marks";
import { askToEnd } from "./ending";
import { Saying } from "./Saying";

/** Nobody has spoken or marked for hours: the call asks. Without an answer it goes on. */
export function StillThere({ status }: { status: LiveStatus }) {
  const { t } = useTranslation("live");
  const goOn = useMutation({
    mutationFn: ipc.liveGoOn,
    onSuccess: accept,
    onError: (thrown) => report(asNote(thrown)),
  });
  const since = status.ending ? null : status.quiet_since_ms;
  return (
    <Saying testId="live-asks" icon="clock" words={since === null ? null : t("asks", { time: clock(since) })}>
      <Button size="small" data-testid="live-go-on" onClick={() => goOn.mutate()}>
        {t("asksOn")}
      </Button>
      <Button size="small" tone="ghost" data-testid="live-asks-end" onClick={() => askToEnd(true)}>
        {t("asksEnd")}
      </Button>
    </Saying>
  );
}
