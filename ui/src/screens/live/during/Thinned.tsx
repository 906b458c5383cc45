import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { create } from "zustand";
import type { LiveStatus } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { Saying } from "./Saying";

/** The call in which it was said; outlives the screen, so that nobody reads it twice. */
const useSaid = create<{ callId: string | null; open: boolean }>()(() => ({ callId: null, open: false }));

/** The machine cannot keep up with drafts: said once in a call, however often it comes and goes. */
export function Thinned({ status }: { status: LiveStatus }) {
  const { t } = useTranslation("live");
  const { thinned, ending, call } = status;
  const said = useSaid();
  useEffect(() => {
    if (thinned && useSaid.getState().callId !== call.id) useSaid.setState({ callId: call.id, open: true });
  }, [thinned, call.id]);
  const shows = said.open && said.callId === call.id && !ending;
  return (
    <Saying testId="live-thinned" icon="clock" words={shows ? t("thinned") : null}>
      <Button
        size="small"
        tone="ghost"
        icon="x"
        label={t("close", { ns: "common" })}
        onClick={() => useSaid.setState({ open: false })}
      />
    </Saying>
  );
}
