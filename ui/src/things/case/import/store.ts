import { create } from "zustand";
import type {
  FactOrigin,
  FactsPlan,
  ImportBasis,
  ImportBatch,
  ImportCall,
  ImportFile,
  ImportObstacle,
  ProfileNamed,
  Settings,
  SuffixRule,
  TableWays,
  Ticket,
  WhichCounts,
} from "../../../ipc";
import { ipc, onEvent } from "../../../ipc";
import { USUAL_ZONE } from "../../../ipc/generated/limits";

/** How one source is read, where somebody said so. */
export type SourceWay = { profile: ProfileNamed | null; table: TableWays };

/** What somebody decided about a plan, whatever is planned anew. Calls are known by their files, sources by their paths. */
export interface Draft {
  /** Changed here; `null` as the settings have them. */
  rules: SuffixRule[] | null;
  /** On what calls come in; `null` as it was said the last time. */
  basis: ImportBasis | null;
  /** Zone of times that name none. */
  zone: string;
  counts: WhichCounts;
  ways: Record<string, SourceWay>;
  titles: Record<string, string>;
  /** Calls whose two files become a case each. */
  split: Record<string, true>;
  /** Calls that are not brought in this time. */
  left: Record<string, true>;
  /** Calls that are brought in although they are here already. */
  also: Record<string, true>;
  /** Where the value was said that counts, by call and fact. */
  decided: Record<string, string>;
}

export const untouched: Draft = {
  rules: null,
  basis: null,
  zone: USUAL_ZONE,
  counts: "last",
  ways: {},
  titles: {},
  split: {},
  left: {},
  also: {},
  decided: {},
};

interface ImportState {
  /** What is looked at before anything happens. */
  ticket: Ticket | null;
  /** What was decided about it so far; it stays while other screens are gone to. */
  draft: Draft;
  /** Paths of the sources of the last plan: the next one names them by their places. */
  sources: readonly string[];
  /** Batches of this window, newest first. */
  batches: ImportBatch[];
  /** The batch whose files are shown. */
  shown: number | null;
  /** Opening the system's file chooser failed. */
  error: unknown;
}

export const useImport = create<ImportState>(() => ({
  ticket: null,
  draft: untouched,
  sources: [],
  batches: [],
  shown: null,
  error: null,
}));

/** Looks at what an import of these files and folders would do. */
export const planImport = (ticket: Ticket): void =>
  useImport.setState({ ticket, draft: untouched, sources: [], shown: null, error: null });

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

/** What was brought is not looked at any longer. */
export const closeImport = (): void => useImport.setState({ ticket: null, draft: untouched, sources: [] });

/** The files of a batch are not shown any longer; it goes on. */
export const hideBatch = (): void => useImport.setState({ shown: null });

/** Decides something about the plan. */
export const decide = (change: Partial<Draft>): void =>
  useImport.setState((s) => ({ draft: { ...s.draft, ...change } }));

/** Decides that what was said there counts. */
export const decideOf = (doubt: string, origin: FactOrigin): void =>
  useImport.setState(({ draft }) => ({
    draft: { ...draft, decided: { ...draft.decided, [doubt]: JSON.stringify(origin) } },
  }));

const nothingSaid: SourceWay = {
  profile: null,
  table: { encoding: null, delimiter: null, header: null, sheet: null },
};

export const wayOf = (draft: Draft, path: string): SourceWay => draft.ways[path] ?? nothingSaid;

/** Says how one source is read. */
export const readOtherwise = (path: string, change: Partial<SourceWay>): void =>
  useImport.setState(({ draft }) => ({
    draft: { ...draft, ways: { ...draft.ways, [path]: { ...wayOf(draft, path), ...change } } },
  }));

/** What of the draft decides how the files are read: only that is looked at anew. */
export const reading = ({ zone, counts, ways }: Draft) => ({ zone, counts, ways });

/** Looks into the files; whoever stops asking stops the looking, too. */
export const makePlan = async (
  ticket: Ticket,
  suffix_rules: SuffixRule[],
  { zone, counts, ways }: ReturnType<typeof reading>,
  signal: AbortSignal,
): Promise<FactsPlan> => {
  const before = useImport.getState().sources;
  const said = before.flatMap((path, source) => {
    const way = ways[path];
    return way ? [{ source, ...way }] : [];
  });
  const plan = await ipc.importPlan({ ticket, suffix_rules, zone, counts, sources: said }, signal);
  useImport.setState({ sources: plan.sources.map((source) => source.path) });
  return plan;
};

const takeBatch = (batch: ImportBatch): void =>
  useImport.setState((s) => ({ batches: [batch, ...s.batches.filter((b) => b.id !== batch.id)] }));

/** Starts, and keeps what is to be so the next time: rules the person wants kept, on what calls came in. */
export const startImport = async (
  ticket: Ticket,
  calls: ImportCall[],
  basis: ImportBasis,
  keep: Partial<Pick<Settings, "suffix_rules" | "import_basis">>,
): Promise<void> => {
  if (Object.keys(keep).length > 0) {
    const settings = await ipc.getSettings();
    await ipc.updateSettings({ ...settings, ...keep });
  }
  const id = await ipc.importStart({ ticket, calls, ...basis });
  useImport.setState({ ticket: null, draft: untouched, sources: [], shown: id });
};

/** Brings a file of a batch in after all. */
export const bringInAfterAll = async (
  batch: ImportBatch,
  file: ImportFile,
  although: ImportObstacle,
): Promise<void> => {
  const id = await ipc.importAgain({ batch: batch.id, file: batch.files.indexOf(file), although });
  useImport.setState({ shown: id });
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
