import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { asNote, ipc, type SeatNoteView } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { Problem } from "../../../parts/Problem";
import { Sep } from "../../../parts/SectionHead";
import { EmptyState } from "../../../parts/states";
import { wordKey } from "../../../parts/words";
import { qk } from "../../../records/queries";
import { useWithheld } from "../../../records/withheld";
import { clock } from "../../../text/format";
import { seekTo } from "../playing";
import { activate, report, useAudible, useConsole } from "../store";
import css from "./SeatNotes.module.css";

const none: SeatNoteView[] = [];

/** What was said at the seat without speaking, in the order of the call. */
export function useSeatNotes(caseId: string) {
  const { data, error } = useQuery({
    queryKey: qk.seatNotes(caseId),
    queryFn: () => ipc.seatNotesOf(caseId),
  });
  return { notes: data ?? none, error };
}

/** 旁注: the mentor's remarks and the questions to the mentor; each leads to its moment. */
export function SeatNotes({ notes, error }: { notes: SeatNoteView[]; error: unknown }) {
  const { t } = useTranslation("console");
  if (error) return <Problem error={error} />;
  if (notes.length === 0) return <EmptyState icon="note" title={t("noNotes")} />;
  return (
    <ol className={`${css.notes} scroll`} aria-label={t("seatNotes")}>
      {notes.map((view) => (
        <Note key={view.note.id} view={view} />
      ))}
    </ol>
  );
}

function Note({ view }: { view: SeatNoteView }) {
  const { t } = useTranslation("console");
  const { t: common } = useTranslation();
  const audible = useAudible();
  const { note, author, by_mentor } = view;
  const time = clock(note.at_ms);
  const kind = common(wordKey("seat", note.kind));
  const why = useWithheld();
  const whyDelete = useWithheld("seat_note", note.id)("seat_note.delete");
  const keep = useMutation({
    mutationFn: () =>
      ipc.mark({
        recording_id: note.recording_id,
        at_ms: note.at_ms,
        // It was written when it was meant: nothing is taken off.
        lag_ms: 0,
        kind: asked(note.kind) ? "question" : "problem",
        tags: [],
        range: null,
        text: note.text || kind,
        session_id: useConsole.getState().here?.sessionId ?? null,
      }),
    onSuccess: (made) => activate(made.observation.id),
    onError: (thrown) => report(asNote(thrown)),
  });
  return (
    <li
      className={css.note}
      data-mentor={by_mentor || undefined}
      data-testid="seat-note"
      data-kind={note.kind}
    >
      <p className={css.head}>
        {audible ? (
          <button
            type="button"
            className={`${css.time} figures`}
            aria-label={t("goTo", { time })}
            onClick={() => seekTo(note.at_ms)}
          >
            {time}
          </button>
        ) : (
          <span className="figures">{time}</span>
        )}
        <b>{kind}</b>
        <Sep />
        <bdi className="cut">{by_mentor ? t("mentorNamed", { name: author }) : author}</bdi>
        <span className="grow" />
        <Button
          size="small"
          tone="ghost"
          icon="trash"
          why={whyDelete}
          label={t("deleteNote")}
          onClick={() => void ipc.deleteSeatNote(note.id).catch((thrown) => report(asNote(thrown)))}
        />
      </p>
      <div className={css.text}>
        {note.text && <bdi>{note.text}</bdi>}
        <Button
          size="small"
          tone="ghost"
          icon="mark"
          why={why("observation.mark")}
          label={t("noteToMarkHint")}
          disabled={keep.isPending}
          onClick={() => keep.mutate()}
        >
          {t("noteToMark")}
        </Button>
      </div>
    </li>
  );
}

const asked = (kind: SeatNoteView["note"]["kind"]): boolean =>
  kind === "ask" || kind === "explain" || kind === "rule" || kind === "common";
