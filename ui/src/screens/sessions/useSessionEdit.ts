import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { qk } from "../../app/queries";
import { useRecordEdit } from "../../app/recordEdit";
import { ipc, type ListeningSession, type SessionView } from "../../ipc";

/** Fields of a session that are written. */
export type SessionText = "title" | "theme" | "question" | "place";

/** Writes to one session. */
export function useSessionEdit(id: string) {
  const client = useQueryClient();
  const read = useCallback(() => ipc.getSession(id).then((view) => view.row.session), [id]);
  const show = useCallback(
    (session: ListeningSession) =>
      void client.setQueryData<SessionView>(
        qk.session(id),
        (old) => old && { ...old, row: { ...old.row, session } },
      ),
    [client, id],
  );
  const { set, saveField, error } = useRecordEdit("session", id, { read, show });
  return { set, saveText: saveField<SessionText>, saveStart: saveField<"starts_at">, error };
}

export type SessionEdit = ReturnType<typeof useSessionEdit>;
