import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type ErrorNote, type Issue, ipc } from "../ipc";
import { useRecord } from "./record";

afterEach(() => vi.restoreAllMocks());

let n = 0;
/** An issue as it was read, of an id of its own. */
function issue(): Issue {
  n += 1;
  return { id: `i${n}`, rev: 3, title: "旧题", urgency: 2, owner_id: null } as unknown as Issue;
}

/** A host with one record; `theirs` is what somebody else makes of it before the next edit comes. */
function host(kept: Issue) {
  const told: object[] = [];
  let now = kept;
  const edit = vi.spyOn(ipc, "editRecord").mockImplementation(async ({ fields }) => {
    told.push(fields);
    for (const [name, { rev }] of Object.entries(fields))
      if (rev < now.rev && name === "title") throw { code: "conflict", args: {} } satisfies ErrorNote;
    const values = Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, f.value]));
    now = { ...now, ...values, rev: now.rev + 1 };
    return now as never;
  });
  vi.spyOn(ipc, "getRecord").mockImplementation(async () => now as never);
  return { told, edit, theirs: (to: Partial<Issue>) => (now = { ...now, ...to, rev: now.rev + 1 }) };
}

describe("a record", () => {
  it("shows what was chosen before the host has it, and goes on showing it until it is read", async () => {
    const read = issue();
    const { edit } = host(read);
    const { result } = renderHook(() => useRecord("issue", read));
    act(() => void result.current.set({ urgency: 5 }));
    expect(result.current.now).toMatchObject({ urgency: 5, rev: 3 });
    await waitFor(() => expect(result.current.now.rev).toBe(4));
    expect(result.current.now.urgency).toBe(5);
    expect(edit).toHaveBeenCalledTimes(1);
  });

  it("is changed in turn, each change knowing the one before", async () => {
    const read = issue();
    const { told } = host(read);
    const { result } = renderHook(() => useRecord("issue", read));
    await act(async () => {
      await Promise.all([result.current.set({ title: "一" }), result.current.set({ title: "二" })]);
    });
    expect(told).toEqual([{ title: { value: "一", rev: 3 } }, { title: { value: "二", rev: 4 } }]);
    expect(result.current.now).toMatchObject({ title: "二", rev: 5 });
  });

  it("takes off the screen what is refused, and says why", async () => {
    const read = issue();
    vi.spyOn(ipc, "editRecord").mockRejectedValue({ code: "role.needed", args: {} });
    const { result } = renderHook(() => useRecord("issue", read));
    await act(() => result.current.set({ urgency: 5 }));
    expect(result.current.now.urgency).toBe(2);
    expect(result.current.error).toMatchObject({ code: "role.needed" });
  });

  it("keeps what somebody else wrote beside what is written here", async () => {
    const read = issue();
    const { theirs } = host(read);
    const { result } = renderHook(() => useRecord("issue", read));
    theirs({ title: "他的题" });
    let saved: unknown;
    await act(async () => {
      saved = await result.current.save("title", "我的题", 3);
    });
    expect(saved).toEqual({ state: "conflict", theirs: "他的题", rev: 4 });
    expect(result.current.now.title).toBe("他的题");
    await act(async () => {
      saved = await result.current.save("title", "我的题", 4);
    });
    expect(saved).toEqual({ state: "saved" });
    expect(result.current.now.title).toBe("我的题");
  });

  it("takes the newest choice, whoever chose before", async () => {
    const read = issue();
    const { theirs } = host(read);
    const { result } = renderHook(() => useRecord("issue", read));
    theirs({ title: "他选的" });
    await act(() => result.current.set({ title: "我选的" }));
    expect(result.current.error).toBeNull();
    expect(result.current.now).toMatchObject({ title: "我选的", rev: 5 });
  });
});
