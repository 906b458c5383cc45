/** The only door to Rust: typed commands and one stream of events. Nothing else in the UI may talk to the host. */
import type { Carrier } from "./carrier";
import type { Commands, Invoke } from "./generated/commands";
import { commands } from "./generated/commands";
import type { Editable, Made, Records } from "./generated/records";
import type { AppEvent, EntityKind, ErrorNote } from "./generated/types";
import { windowCarrier } from "./window";

export type * from "./generated/records";
export type * from "./generated/types";
export type { Carrier, Commands };

/** True inside the real window. */
const inWindow = typeof window !== "undefined" && "__TAURI_INTERNALS__" in window;

async function openCarrier(): Promise<Carrier> {
  if (!inWindow && import.meta.env.DEV) return (await import("./development")).openDevelopmentCarrier();
  return windowCarrier;
}

const carrier = openCarrier();

/** A rejection of a command, worded by `errors.ts`. */
export class CommandError extends Error {
  readonly note: ErrorNote;
  constructor(note: ErrorNote) {
    super(note.code);
    this.name = "CommandError";
    this.note = note;
  }
}

/** Whatever was thrown, as something that can be worded. */
export function asNote(thrown: unknown): ErrorNote {
  if (thrown instanceof CommandError) return thrown.note;
  if (thrown && typeof thrown === "object" && "code" in thrown) {
    const { code, args } = thrown as Partial<ErrorNote>;
    if (typeof code === "string") return { code, args: args ?? {} };
  }
  return { code: "internal", args: {} };
}

const send: Invoke = async (command, req, stop) => {
  const { invoke } = await carrier;
  try {
    return await invoke(command, req, stop);
  } catch (thrown) {
    throw new CommandError(asNote(thrown));
  }
};

export const ipc: Commands = commands(send);

/** New values for fields of a record that a person may set. */
export type Edits<K extends EntityKind> = Partial<Pick<Records[K], Editable[K] & keyof Records[K]>>;

/** Sets fields of a record as it was at `rev`. What somebody changed since in one of them is not overwritten. */
export async function editRecord<K extends EntityKind>(
  kind: K,
  id: string,
  rev: number,
  edits: Edits<K>,
  op_id?: string,
): Promise<Records[K]> {
  const given = Object.entries(edits).filter(([, value]) => value !== undefined);
  const fields = Object.fromEntries(given.map(([name, value]) => [name, { value, rev }]));
  return (await ipc.editRecord({ kind, id, fields, ...(op_id && { op_id }) })) as Records[K];
}

/** A record as it is now. */
export async function getRecord<K extends EntityKind>(kind: K, id: string): Promise<Records[K]> {
  return (await ipc.getRecord({ kind, id })) as Records[K];
}

/** A kind of record that is made, listed and taken away by what it declares alone. */
export type PlainKind = keyof Made & EntityKind;

/** Makes a record of a plain kind from what somebody says of it; the rest of its fields is empty. */
export async function addRecord<K extends PlainKind>(
  kind: K,
  fields: Partial<Pick<Records[K], Made[K] & keyof Records[K]>>,
): Promise<Records[K]> {
  return (await ipc.addRecord({ kind, fields })) as Records[K];
}

/** The records of a plain kind in whose field this id stands, in the order they were made. */
export async function listRecords<K extends PlainKind>(
  kind: K,
  field: Made[K] & string,
  id: string,
): Promise<Records[K][]> {
  return (await ipc.listRecords({ kind, field, id })) as Records[K][];
}

/** Calls back for every event of the host until the returned function is called. */
export function onEvent(callback: (event: AppEvent) => void): () => void {
  let stop: (() => void) | undefined;
  let ended = false;
  void carrier.then((c) => {
    if (!ended) stop = c.listen(callback);
  });
  return () => {
    ended = true;
    stop?.();
  };
}

/** What somebody was asked about, and said no to, is nothing. */
export async function unlessRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (thrown) {
    if (asNote(thrown).code === "cancelled") return null;
    throw thrown;
  }
}
