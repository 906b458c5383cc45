import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ipc, type RetakeCandidate } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { useWithheld } from "../../records/withheld";

/** Calls named at once; the next ones come up as these are taken. */
const shown = 20;

type Props = { calls: RetakeCandidate[]; onTaken: () => void };

/** Calls that an older decoder brought in, each to be taken again. */
export function ToRetake({ calls, onTaken }: Props) {
  const { t } = useTranslation("settings");
  const retake = useMutation({
    mutationFn: (recording_id: string) => ipc.retake({ recording_id, keep_both_lanes: false }),
    onSuccess: onTaken,
  });
  const why = useWithheld()("recording.retake");
  return (
    <>
      <p>{t("about.olderHint", { count: calls.length })}</p>
      <ul>
        {calls.slice(0, shown).map((call) => (
          <li key={call.recording_id} className="row" data-testid="to-retake">
            <bdi className="grow cut">{call.title}</bdi>
            <span className="faint small">{call.codec}</span>
            <Button
              size="small"
              why={why}
              label={t("about.retakeOf", { title: call.title })}
              disabled={retake.isPending}
              onClick={() => retake.mutate(call.recording_id)}
            >
              {t(
                retake.isPending && retake.variables === call.recording_id
                  ? "about.retaking"
                  : "about.retake",
              )}
            </Button>
          </li>
        ))}
      </ul>
      <Problem error={retake.error} />
    </>
  );
}
