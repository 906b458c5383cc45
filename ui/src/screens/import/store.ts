import { create } from "zustand";
import type {
  ImportBatch,
  ImportFile,
  ImportItem,
  ImportPlan,
  ImportPlanRequest,
  SuffixRule,
} from "../../ipc";
import { ipc, onEvent } from "../../ipc";

interface ImportState {
  /** Files being looked at before anything happens. */
  paths: string[] | null;
  /** Batches of this window, newest first. */
  batches: ImportBatch[];
  /** The batch whose files are shown. */
  shown: number | null;
  /** Opening the system's file chooser failed. */
  error: unknown;
}

export const useImport = create<ImportState>(() => ({ paths: null, batches: [], shown: null, error: null }));

/** Looks at what an import of these files and folders would do. */
export const planImport = (paths: string[]): void => {
  if (paths.length > 0) useImport.setState({ paths, shown: null, error: null });
};

const choose = (pick: () => Promise<string[]>) => async (): Promise<void> => {
  try {
    planImport(await pick());
  } catch (error) {
    useImport.setState({ error });
  }
};
export const chooseFiles = choose(ipc.pickAudio);
export const chooseFolder = choose(ipc.pickAudioFolder);

export const closeImport = (): void => useImport.setState({ paths: null, shown: null });

let lastPlan = 0;

/** Looks into the files; whoever stops asking stops the looking, too. */
export const makePlan = (ask: Omit<ImportPlanRequest, "plan">, signal: AbortSignal): Promise<ImportPlan> => {
  lastPlan += 1;
  const plan = lastPlan;
  signal.addEventListener("abort", () => void ipc.importPlanCancel(plan).catch(() => undefined));
  return ipc.importPlan({ ...ask, plan });
};

const takeBatch = (batch: ImportBatch): void =>
  useImport.setState((s) => ({ batches: [batch, ...s.batches.filter((b) => b.id !== batch.id)] }));

/** Starts, and keeps rules that were changed when the person wants them kept. */
export const startImport = async (items: ImportItem[], keepRules: SuffixRule[] | null): Promise<void> => {
  if (keepRules) {
    const settings = await ipc.getSettings();
    await ipc.updateSettings({ ...settings, suffix_rules: keepRules });
  }
  const id = await ipc.importStart(items);
  useImport.setState({ paths: null, shown: id });
};

/** What a person decides about a file that did not come in by itself. */
export type Decision = "take_what_is_there" | "as_own_call";

/** Brings a file of a batch in after all, with the other file of its call where two belong together. */
export const bringInAfterAll = async (batch: ImportBatch, file: ImportFile, as: Decision): Promise<void> => {
  const paths = batch.files.map((f) => f.path).filter((p) => p === file.path || p === file.other);
  const { suffix_rules } = await ipc.getSettings();
  const { items } = await ipc.importPlan({ paths, plan: ++lastPlan, suffix_rules });
  await startImport(
    items.map((item) => ({ ...item, [as]: true })),
    null,
  );
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
