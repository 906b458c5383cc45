import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { edit } from "../../../test/host/now";
import { personNamed, tagNamed } from "../../../test/host/stage";
import { heard } from "../../../test/sessions";
import { openWindow, seriousFindings } from "../../../test/window";
import { ipc } from "../../ipc";

const user = userEvent.setup();
const look = async (text: string) => user.type(await screen.findByTestId("search-input"), text);
const hitIn = async (group: string) => {
  const list = await screen.findByRole("listbox");
  return within(await within(list).findByRole("group", { name: group })).findByTestId("search-hit");
};
const tag = () => tagNamed("话术");

describe("found as well", () => {
  it("is a session, which leads to its page", async () => {
    await openWindow("/issues", () => edit("session", heard(), { title: "鲸落专场" }));
    await look("鲸落");
    await user.click(await hitIn("专场"));
    await waitFor(() => expect(window.location.hash).toBe(`#/session/${heard().id}`));
  });

  it("is somebody, whose line among the people has the focus", async () => {
    await openWindow("/issues", () => edit("person", personNamed("周以宁"), { name: "鲸落" }));
    await look("鲸落");
    await user.click(await hitIn("人"));
    await waitFor(() => expect(document.activeElement?.getAttribute("data-testid")).toBe("person-line"));
    expect(document.activeElement?.textContent).toContain("鲸落");
    expect(document.activeElement?.getAttribute("aria-current")).toBe("true");
    expect(window.location.hash).toContain("#/settings/people");
  });

  it("is a code, by a former name too, whose line in the codebook has the focus", async () => {
    await openWindow("/issues", async () => {
      const former = await ipc.addTag({ name: "鲸落", colour: "ink", parent_id: null });
      await ipc.mergeTags({ from: former.id, into: tag().id });
    });
    await look("鲸落");
    await user.click(await hitIn("标签"));
    await waitFor(() => expect(document.activeElement?.getAttribute("data-name")).toBe(tag().name));
    expect(await seriousFindings()).toEqual([]);
  });

  it("is a code that is offered no more, and says so", async () => {
    await openWindow("/issues", () => edit("tag", tag(), { name: "鲸落", status: { state: "retired" } }));
    await look("鲸落");
    expect((await hitIn("标签")).textContent).toContain("不再使用");
  });
});
