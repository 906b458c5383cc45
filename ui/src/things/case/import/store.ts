import { create } from "zustand";
import type {
  ImportBatch,
  ImportCall,
  ImportFile,
  ImportObstacle,
  ImportPlan,
  SuffixRule,
  Ticket,
} from "../../../ipc";
import { ipc, onEvent } from "../../../ipc";

interface ImportState {
  /** What is looked at before anything happens. */
  ticket: Ticket | null;
  /** Batches of this window, newest first. */
  batches: ImportBatch[];
  /** The batch whose files are shown. */
  shown: number | null;
  /** Opening the system's file chooser failed. */
  error: unknown;
}

export const useImport = create<ImportState>(() => ({ ticket: null, batches: [], shown: null, error: null }));

/** Looks at what an import of these files and folders would do. */
export const planImport = (ticket: Ticket): void => useImport.setState({ ticket, shown: null, error: null });

const choose = (pick: () => Promise<Ticket | null>) => async (): Promise<void> => {
  try {
    const ticket = await pick();
    if (ticket !== null) planImport(ticket);
  } catch (error) {
    useImport.setState({ error });
  }
};
export const chooseFiles = choose(ipc.pickAudio);
export const chooseFolder = choose(ipc.pickAudioFolder);

export const closeImport = (): void => useImport.setState({ ticket: null, shown: null });

/** Looks into the files; whoever stops asking stops the looking, too. */
export const makePlan = (
  ticket: Ticket,
  suffix_rules: SuffixRule[],
  signal: AbortSignal,
): Promise<ImportPlan> => ipc.importPlan({ ticket, suffix_rules }, signal);

const takeBatch = (batch: ImportBatch): void =>
  useImport.setState((s) => ({ batches: [batch, ...s.batches.filter((b) => b.id !== batch.id)] }));

/** Starts, and keeps rules that were changed when the person wants them kept. */
export const startImport = async (
  ticket: Ticket,
  calls: ImportCall[],
  keepRules: SuffixRule[] | null,
): Promise<void> => {
  if (keepRules) {
    const settings = await ipc.getSettings();
    await ipc.updateSettings({ ...settings, suffix_rules: keepRules });
  }
  const id = await ipc.importStart({ ticket, calls });
  useImport.setState({ ticket: null, shown: id });
};

/** Brings a file of a batch in after all. */
export const bringInAfterAll = async (
  batch: ImportBatch,
  file: ImportFile,
  although: ImportObstacle,
): Promise<void> => {
  const id = await ipc.importAgain({ batch: batch.id, file: batch.files.indexOf(file), although });
  useImport.setState({ ticket: null, shown: id });
};

/** Follows batches from their first file to their last, on every screen. */
export const followImports = (): (() => void) => {
  ipc.importStatus().then(
    (batches) => useImport.setState((s) => (s.batches.length === 0 ? { batches } : {})),
    () => undefined,
  );
  return onEvent((event) => {
    if (event.type === "import") takeBatch(event.batch);
  });
};

export const runningOf = (batches: ImportBatch[]): ImportBatch | undefined =>
  batches.find((b) => b.state === "running");

/** Files with an outcome. */
export const doneCount = (batch: ImportBatch): number => batch.files.filter((f) => f.outcome !== null).length;

/** Share of a batch that is done, in thousandths. */
export const batchPermille = (batch: ImportBatch): number =>
  batch.files.length === 0
    ? 1000
    : Math.min(1000, Math.round((doneCount(batch) * 1000 + batch.current_permille) / batch.files.length));
