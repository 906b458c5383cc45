/** How things stand in the host at this moment, for a test that looks at what came of a deed. */
import { vi } from "vitest";
import type { CaseRow, EntityKind, EvidenceView, Issue, Role, WorkspaceInfo } from "../../src/ipc";
import { type Edits, editRecord, ipc } from "../../src/ipc";
import { casesOf } from "../../src/things/case/queries";
import { issueNumbered } from "./stage";

export const issueNow = async (number: number): Promise<Issue> =>
  (await ipc.getIssue(issueNumbered(number).id)).row.issue;
export const evidenceNow = async (number: number): Promise<EvidenceView[]> =>
  (await ipc.getIssue(issueNumbered(number).id)).evidence;
/** All calls there are, the newest first. */
export const casesNow = async (): Promise<CaseRow[]> => (await ipc.listCases(casesOf({ limit: 100 }))).rows;
export const playerNow = () => ipc.playerState();

/** Takes off whatever an issue rests on. */
export async function withoutEvidence(number: number) {
  for (const { link } of await evidenceNow(number)) await ipc.detachEvidence(link.id);
}

/** Sets fields of a record that was just read. */
export const edit = <K extends EntityKind>(kind: K, row: { id: string; rev: number }, edits: Edits<K>) =>
  editRecord(kind, row.id, row.rev, edits);

/** Gives people these roles, whoever may do that: the administrators last. */
export async function are(roles: Record<string, Role[]>) {
  const rank = (all: Role[]) => Number(all.includes("administrator"));
  const inOrder = Object.entries(roles).sort(([, a], [, b]) => rank(a) - rank(b));
  for (const [name, all] of inOrder) {
    const person = (await ipc.listPeople()).find((one) => one.name === name);
    if (person) await edit("person", person, { roles: all });
  }
}

/** The workspace is as a test says, whatever it is on the stage: what no stage can bring about. */
export function workspaceIs(facts: Partial<WorkspaceInfo>) {
  const read = ipc.workspaceInfo;
  vi.spyOn(ipc, "workspaceInfo").mockImplementation(async () => ({ ...(await read()), ...facts }));
}

/** What takes its time: it is answered after the page has drawn that it waits. */
export const slowly = <T>(answer: T) => new Promise<T>((done) => setTimeout(() => done(answer), 50));

/** What is not offered besides, to whoever sits here: what the gate refuses no role that sees so much. */
export function heldBack(roles: string, ...actions: string[]) {
  const read = ipc.withheld;
  const why = { code: "role.needed", args: { roles } };
  vi.spyOn(ipc, "withheld").mockImplementation(async (query) => [
    ...(await read(query)),
    ...actions.map((action) => ({ action, why })),
  ]);
}
