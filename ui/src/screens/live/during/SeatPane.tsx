import { useQuery } from "@tanstack/react-query";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { asNote, ipc, type LiveCall, type SeatNoteView } from "../../../ipc";
import { Avatar } from "../../../parts/Avatar";
import { Button } from "../../../parts/Button";
import { wordKey } from "../../../parts/words";
import { qk } from "../../../records/queries";
import { useWithheld } from "../../../records/withheld";
import { clock } from "../../../text/format";
import { usePeople } from "../../../things/person/queries";
import { markNote, report } from "../marks";
import { SeatComposer } from "./SeatComposer";
import css from "./SeatPane.module.css";

type Props = { call: LiveCall; caseId: string };

/** 师兄: what is said at the seat without speaking. */
export const SeatPane = memo(function SeatPane({ call, caseId }: Props) {
  const { t } = useTranslation("live");
  const people = usePeople().data ?? [];
  const mentor = people.find((p) => p.id === call.mentor_id);
  const { data: notes = [] } = useQuery({
    queryKey: qk.seatNotes(caseId),
    queryFn: () => ipc.seatNotesOf(caseId),
  });
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new note is brought into sight
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [notes.length]);
  return (
    <aside className={css.seat} aria-label={t("seat")} data-region>
      <div className={css.head}>
        {mentor ? (
          <>
            <Avatar name={mentor.name} roles={mentor.roles} />
            <div className="grow">
              <b className="medium">{t("mentorIs", { name: mentor.name })}</b>
              <div className="label cut">{mentor.org_unit}</div>
            </div>
          </>
        ) : (
          <div className="grow">
            <b className="medium">{t("seat")}</b>
            <div className="label">{t("nobodyBeside")}</div>
          </div>
        )}
      </div>
      <ol ref={list} className={`${css.notes} scroll`}>
        {notes.map((view) => (
          <NoteRow key={view.note.id} view={view} />
        ))}
        {notes.length === 0 && <li className="label">{t("noNotes")}</li>}
      </ol>
      <SeatComposer caseId={caseId} recordingId={call.recording_id} mentor={mentor} />
    </aside>
  );
});

function NoteRow({ view }: { view: SeatNoteView }) {
  const { t } = useTranslation("live");
  const { note, author, by_mentor } = view;
  const kind = t(wordKey("note", note.kind));
  const why = useWithheld();
  const whyDelete = useWithheld("seat_note", note.id)("seat_note.delete");
  const remove = () => ipc.deleteSeatNote(note.id).catch((thrown) => report(asNote(thrown)));
  return (
    <li data-testid="seat-note" data-kind={note.kind} data-mentor={by_mentor || undefined}>
      <div className={css.noteHead}>
        <span className="figures">{clock(note.at_ms)}</span>
        <span>{kind}</span>
        <bdi className="cut">{author}</bdi>
      </div>
      {note.text && (
        <p>
          <bdi>{note.text}</bdi>
        </p>
      )}
      <div className={css.ways}>
        <Button
          size="small"
          tone="ghost"
          icon="mark"
          why={why("observation.mark")}
          label={t("noteToMarkHint")}
          data-testid="seat-note-mark"
          onClick={() => markNote({ ...note, text: note.text || kind })}
        >
          {t("noteToMark")}
        </Button>
        <Button
          size="small"
          tone="ghost"
          icon="x"
          why={whyDelete}
          label={t("dropNote")}
          onClick={() => void remove()}
        />
      </div>
    </li>
  );
}
