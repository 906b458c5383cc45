/** What the fake host holds, and how its answers change it. */
import type {
  AppEvent,
  BrokenMedia,
  Case,
  ChangeView,
  ClockJump,
  Contact,
  EntityKind,
  ErrorNote,
  ImportBatch,
  IndexState,
  Issue,
  IssueLink,
  Job,
  ListeningSession,
  LiveCall,
  LogFault,
  ModelRow,
  Observation,
  Person,
  PlayerState,
  Purge,
  Recording,
  Region,
  SeatNote,
  Segment,
  Settings,
  Tag,
  Transcript,
} from "../generated/types";

export const listeners = new Set<(event: AppEvent) => void>();

export function emit(event: AppEvent): void {
  for (const listener of [...listeners]) listener(structuredClone(event));
}

/** Refuses a command as the real host does. */
export function refuse(code: string, args: ErrorNote["args"] = {}): never {
  throw { code, args } satisfies ErrorNote;
}

/** A record of a plain kind, whatever it holds. */
export type PlainRow = { id: string; rev: number; deleted_at: number | null } & Record<string, unknown>;

/** A saved place to go back to, by operation. */
type Operation = { opId: string; action: string; before: Snapshot };

type Snapshot = {
  observations: Observation[];
  issues: Issue[];
  links: IssueLink[];
  plain: Map<EntityKind, PlainRow[]>;
  cases: Case[];
  tags: Tag[];
  people: Person[];
  sessions: ListeningSession[];
  segments: Map<string, Segment[]>;
  olderText: Set<string>;
  texts: Transcript[];
  recordings: Recording[];
  liveCalls: LiveCall[];
  seatNotes: SeatNote[];
};

/** Something the gate refuses: to one person or whoever sits here, with one record or with any. */
export type HeldBack = { action: string; roles: string; from?: string; id?: string };

export type FakeState = {
  people: Person[];
  actor: string;
  /** What `withheld` answers; a test says it, nothing here decides it. */
  withheld: HeldBack[];
  tags: Tag[];
  cases: Case[];
  recordings: Recording[];
  /** By recording, in order. */
  segments: Map<string, Segment[]>;
  /** Recordings that were taken again after their text was made. */
  olderText: Set<string>;
  texts: Transcript[];
  /** Why cases must stay. */
  holds: Map<string, string>;
  purges: Purge[];
  regions: Map<string, Region[]>;
  listen: Map<string, { position_ms: number; speed: number }>;
  observations: Observation[];
  issues: Issue[];
  links: IssueLink[];
  /** Records of plain kinds. */
  plain: Map<EntityKind, PlainRow[]>;
  sessions: ListeningSession[];
  liveCalls: LiveCall[];
  seatNotes: SeatNote[];
  jobs: Job[];
  imports: ImportBatch[];
  models: ModelRow[];
  settings: Settings;
  /** A jump of the clock that waits for an answer. */
  jump: ClockJump | null;
  player: PlayerState;
  operations: Operation[];
  /** The change log, oldest first. */
  log: ChangeView[];
  copied: string;
  /** How far the search index is renewed. */
  index: IndexState;
  /** Media files that were not read whole yet, and those that are broken. */
  unread: number;
  brokenMedia: BrokenMedia[];
  logFaults: LogFault[];
};

let counter = 0;

/** Ids like the host's, in order of making. */
export function newId(): string {
  counter += 1;
  return `0193a1b2-0000-7000-8000-${String(counter).padStart(12, "0")}`;
}

/** 2026-11-18 09:00 UTC: the day of the invented cases. */
export const TODAY = Date.UTC(2026, 10, 18, 9);

export function meta(
  by: string,
  at = TODAY,
): Pick<Case, "created_at" | "created_by" | "updated_at" | "rev" | "deleted_at"> {
  return { created_at: at, created_by: by, updated_at: at, rev: 1, deleted_at: null };
}

export function idlePlayer(): PlayerState {
  return {
    recording_id: null,
    case_id: null,
    position_ms: 0,
    duration_ms: 0,
    playing: false,
    clip: null,
    speed: 1,
    skip_silence: false,
    loop_range: null,
    lanes: { muted: [], solo: null },
    device: null,
    silent: false,
    notice: null,
  };
}

export const state = {} as FakeState;

/** The records of a plain kind, taken away ones too. */
export function plainRows(kind: EntityKind): PlainRow[] {
  const rows = state.plain.get(kind) ?? [];
  state.plain.set(kind, rows);
  return rows;
}

/** Puts a contact of a case into the state; gives it. */
export function addContact(
  of: { id: string; created_by: string; created_at: number },
  facts: Partial<Contact>,
): Contact {
  const contact: Contact = {
    id: newId(),
    case_id: of.id,
    kind: "phone",
    began_at: null,
    ended_at: null,
    agent: "",
    customer: "",
    ...meta(of.created_by, of.created_at),
    ...facts,
  };
  plainRows("contact").push(contact);
  return contact;
}

/** The contacts of a case, the first first. */
export function contactsOf(caseId: string): Contact[] {
  const own = plainRows("contact") as unknown as Contact[];
  const when = (c: Contact) => c.began_at ?? Number.POSITIVE_INFINITY;
  return own
    .filter((c) => c.case_id === caseId && c.deleted_at === null)
    .sort((a, b) => (when(a) === when(b) ? 0 : when(a) - when(b)));
}

function snapshot(): Snapshot {
  const { observations, issues, links, plain, cases, tags, people, sessions, segments } = state;
  const { recordings, liveCalls, seatNotes, olderText, texts } = state;
  return structuredClone({
    observations,
    issues,
    links,
    plain,
    cases,
    tags,
    people,
    sessions,
    segments,
    olderText,
    texts,
    recordings,
    liveCalls,
    seatNotes,
  });
}

/** The rows themselves, not copies of them. */
function snapshotNow(): object {
  const { observations, issues, links, plain, cases, tags, people, sessions, segments } = state;
  return { observations, issues, links, plain, cases, tags, people, sessions, segments };
}

type Row = { id: string; deleted_at: number | null };

/** Writes what an operation changed into the change log, as the host does. */
function log(action: string, op_id: string, before: Snapshot): void {
  const logged: [EntityKind, Row[], Row[]][] = [
    ["issue", before.issues, state.issues],
    ["issue_link", before.links, state.links],
    ...[...state.plain].map(([kind, rows]): [EntityKind, Row[], Row[]] => [
      kind,
      before.plain.get(kind) ?? [],
      rows,
    ]),
  ];
  for (const [entity, was, is] of logged) {
    for (const row of is) {
      const old = was.find((o) => o.id === row.id);
      const fields = Object.fromEntries(
        Object.entries(row)
          .filter(([name]) => !["rev", "updated_at", "created_at", "created_by"].includes(name))
          .map(([name, after]) => [name, { before: old?.[name as keyof Row] ?? null, after }])
          .filter(([, f]) => typeof f !== "object" || f.before !== f.after),
      );
      if (Object.keys(fields).length === 0) continue;
      state.log.push({
        author: found(state.people, state.actor).name,
        change: {
          seq: state.log.length + 1,
          at: Date.now(),
          actor: state.actor,
          action,
          origin: action === "undo" ? "undo" : "person",
          device: null,
          op_id,
          entity,
          entity_id: row.id,
          created: !old,
          fields,
        },
      });
    }
  }
}

/** Changes the state as one operation of the person at this seat, then tells everybody. */
export function change<T>(action: string, kinds: EntityKind[], work: () => T, opId = newId()): T {
  const before = snapshot();
  const answer = work();
  state.operations.push({ opId, action, before });
  log(action, opId, before);
  emit({
    type: "changed",
    touched: kinds.map((kind) => ({ kind, id: newId() })),
    op_id: opId,
    action,
    undoable: true,
  });
  return answer;
}

/** Undo is a change, too: what goes back to what it was gets a revision of its own. */
function riseAbove(before: Snapshot): void {
  const rowsOf = (all: object) =>
    Object.values(all).flatMap((rows) => (rows instanceof Map ? [...rows.values()].flat() : rows));
  const revs = new Map<string, number>();
  for (const row of rowsOf(before)) if (row?.rev) revs.set(row.id, row.rev);
  for (const row of rowsOf(snapshotNow())) {
    const then = revs.get(row?.id) ?? 0;
    if (row?.rev && row.rev < then) row.rev = then + 1;
  }
}

/** Takes back an operation, the newest when none is named. */
export function takeBack(opId?: string): { op_id: string; action: string } {
  const at = opId ? state.operations.findIndex((o) => o.opId === opId) : state.operations.length - 1;
  const operation = state.operations[at];
  if (!operation) refuse("undo.nothing");
  if (at !== state.operations.length - 1) refuse("undo.overwritten");
  const undone = snapshot();
  Object.assign(state, operation.before);
  riseAbove(undone);
  state.operations.splice(at);
  log("undo", newId(), undone);
  const kinds: EntityKind[] = [
    "observation",
    "issue",
    "issue_link",
    ...state.plain.keys(),
    "case",
    "tag",
    "person",
    "session",
    "segment",
    "recording",
    "live_call",
    "seat_note",
  ];
  const touched = kinds.map((kind) => ({ kind, id: newId() }));
  emit({ type: "changed", touched, op_id: operation.opId, action: "undo", undoable: false });
  return { op_id: operation.opId, action: operation.action };
}

/** The record with this id, or the host's refusal. */
export function found<T extends { id: string }>(rows: T[], id: string): T {
  return rows.find((row) => row.id === id) ?? refuse("not_found");
}

/** Refuses to write over what somebody else wrote. */
export function checkRev(row: { rev: number }, rev: number): void {
  if (row.rev !== rev) refuse("conflict");
}
