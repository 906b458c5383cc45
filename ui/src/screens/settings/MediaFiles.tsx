import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import {
  type BrokenMedia,
  type Checkup,
  ipc,
  type MediaCheckup,
  type MediaReading,
  onEvent,
} from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { ProgressLine } from "../../parts/states";
import { useWithheld } from "../../records/withheld";

/** Broken files named at once; the next ones come up as these are mended. */
const shown = 20;

type Props = { media: MediaCheckup; onRead: (report: Checkup) => void; onMended: () => void };

/** The files of all calls: what is wrong with them, what helps, and reading them all. */
export function MediaFiles({ media, onRead, onMended }: Props) {
  const { t } = useTranslation("settings");
  const full = useMutation({ mutationFn: ipc.doctorFull, onSuccess: onRead });
  const reading = useReading(full.isPending);
  const { files, read, unread, broken } = media;
  return (
    <>
      <p className="faint small">
        {t("about.filesRead", { files, read })}
        {unread > 0 && t("about.filesUnread", { unread })}
      </p>
      {broken.length > 0 && (
        <>
          <p className="is-bad">{t("about.broken", { count: broken.length })}</p>
          <ul>
            {broken.slice(0, shown).map((one) => (
              <Broken key={`${one.recording_id}/${one.part}/${one.name}`} one={one} onMended={onMended} />
            ))}
          </ul>
        </>
      )}
      {full.isPending ? (
        <ProgressLine
          label={t("about.reading")}
          permille={reading && Math.floor((1000 * reading.done_bytes) / Math.max(1, reading.total_bytes))}
          onCancel={() => void ipc.doctorStop()}
        />
      ) : (
        <Button size="small" data-testid="read-all" onClick={() => full.mutate()}>
          {t("about.readAll")}
        </Button>
      )}
      <Problem error={full.error} />
    </>
  );
}

function useReading(goesOn: boolean): MediaReading | null {
  const [reading, setReading] = useState<MediaReading | null>(null);
  useEffect(() => {
    if (!goesOn) return setReading(null);
    return onEvent((event) => {
      if (event.type === "media") setReading(event.reading);
    });
  }, [goesOn]);
  return reading;
}

function Broken({ one, onMended }: { one: BrokenMedia; onMended: () => void }) {
  const { t } = useTranslation("settings");
  const { recording_id, title, part, name, fault, way_out, case_id, in_bin } = one;
  const retake = useMutation({
    mutationFn: () => ipc.retake({ recording_id, keep_both_lanes: false }),
    onSuccess: onMended,
  });
  const why = useWithheld()("recording.retake");
  return (
    <li data-testid="broken-media" data-fault={fault}>
      <span className="row">
        <Link className="link cut" href={in_bin ? "/bin" : `/case/${case_id}`}>
          <bdi>{title}</bdi>
        </Link>
        <span className="grow">
          {t(`about.part_${part}`, { name })}
          {t(`about.fault_${fault}`)}
        </span>
        {way_out === "take_again" && (
          <Button
            size="small"
            why={why}
            label={t("about.retakeOf", { title })}
            disabled={retake.isPending}
            onClick={() => retake.mutate()}
          >
            {t(retake.isPending ? "about.retaking" : "about.retake")}
          </Button>
        )}
      </span>
      <span className="faint small">{t(`about.wayOut_${way_out}`)}</span>
      <Problem error={retake.error} />
    </li>
  );
}
