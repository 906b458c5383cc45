import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openWindow, seriousFindings } from "../../../test/window";
import { state } from "../../ipc/fake/state";

const user = userEvent.setup();
const look = async (text: string) => user.type(await screen.findByTestId("search-input"), text);
const hitIn = async (group: string) => {
  const list = await screen.findByRole("listbox");
  return within(await within(list).findByRole("group", { name: group })).findByTestId("search-hit");
};
const tag = () => state.tags.find((t) => t.status.state === "active") ?? expect.fail("no tag");
const person = () => state.people[0] ?? expect.fail("nobody");

describe("found as well", () => {
  it("is a session, which leads to its page", async () => {
    openWindow("/issues", () => Object.assign(state.sessions[0] ?? {}, { title: "鲸落专场" }));
    await look("鲸落");
    await user.click(await hitIn("专场"));
    await waitFor(() => expect(window.location.hash).toBe(`#/session/${state.sessions[0]?.id}`));
  });

  it("is somebody, whose line among the people has the focus", async () => {
    openWindow("/issues", () => Object.assign(person(), { name: "鲸落" }));
    await look("鲸落");
    await user.click(await hitIn("人"));
    await waitFor(() => expect(document.activeElement?.getAttribute("data-testid")).toBe("person-line"));
    expect(document.activeElement?.textContent).toContain("鲸落");
    expect(document.activeElement?.getAttribute("aria-current")).toBe("true");
    expect(window.location.hash).toContain("#/settings/people");
  });

  it("is a code, by a former name too, whose line in the codebook has the focus", async () => {
    openWindow("/issues", () => Object.assign(tag(), { aliases: ["鲸落"] }));
    await look("鲸落");
    await user.click(await hitIn("标签"));
    await waitFor(() => expect(document.activeElement?.getAttribute("data-name")).toBe(tag().name));
    expect(await seriousFindings()).toEqual([]);
  });

  it("is a code that is offered no more, and says so", async () => {
    openWindow("/issues", () => Object.assign(tag(), { name: "鲸落", status: { state: "retired" } }));
    await look("鲸落");
    expect((await hitIn("标签")).textContent).toContain("不再使用");
  });
});
