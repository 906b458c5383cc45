import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { qk } from "../app/queries";
import { asNote, ipc } from "../ipc";
import { EmptyState } from "../parts/states";
import { useErrorWords } from "../parts/words";

/** The app over an opened workspace; without one, only why there is none and what to do. */
export function Opened({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const { error } = useQuery({ queryKey: qk.workspace, queryFn: () => ipc.workspaceInfo() });
  const note = error ? asNote(error) : null;
  if (!note?.code.startsWith("workspace.")) return children;
  return (
    <main className="unopened" role="alert" data-testid="unopened" data-code={note.code}>
      <EmptyState icon="warn" title={t("unopened")} hint={words(note)} />
    </main>
  );
}
