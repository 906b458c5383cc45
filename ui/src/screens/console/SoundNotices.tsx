import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ipc, type Recording } from "../../ipc";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { Problem } from "../../parts/Problem";
import { useSoundWords } from "../../parts/soundWords";
import { useWithheld } from "../../records/withheld";
import css from "./notices.module.css";

/** What a person should know about how the sound came in: quiet lines above the waveform. */
export function SoundNotices({ recording }: { recording: Recording }) {
  const { t } = useTranslation("console");
  const words = useSoundWords();
  const why = useWithheld()("recording.retake");
  const retake = useMutation({
    mutationFn: () => ipc.retake({ recording_id: recording.id, keep_both_lanes: true }),
  });
  if (recording.notices.length === 0) return null;
  return (
    <section className={css.notice} aria-label={t("soundNotices")} data-testid="sound-notices">
      <ul>
        {recording.notices.map((notice) => (
          <li key={notice.kind} data-kind={notice.kind}>
            <Icon name="info" size="tiny" />
            <span>{words(notice)}</span>
            {notice.kind === "same_on_both" && recording.sources.length > 0 && (
              <Button size="small" why={why} disabled={retake.isPending} onClick={() => retake.mutate()}>
                {t(retake.isPending ? "retaking" : "splitLanes")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Problem error={retake.error} />
    </section>
  );
}
