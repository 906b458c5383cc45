import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { staged } from "../../../test/host/live";
import { openWindow } from "../../../test/window";

const user = userEvent.setup();
const rowOf = async (title: string) => {
  const rows = await screen.findAllByTestId("case-row");
  const found = rows.find((row) => row.textContent?.includes(title));
  if (!found) throw new Error(`no row ${title}`);
  return within(found);
};

const evening = () => openWindow("/cases", undefined, { afterLive: true });

describe("the library", () => {
  it("leads to the live page from the call that goes on", async () => {
    await openWindow("/cases", staged);
    const row = await rowOf("箱子到手");
    await waitFor(() => expect(row.getByTestId("case-live").textContent).toBe("正在听"));
    expect(row.queryByTestId("align-open")).toBeNull();
    await user.click(row.getByRole("link", { name: /箱子到手/ }));
    await waitFor(() => expect(window.location.hash).toBe("#/live"));
  });

  it("marks calls that were heard live, and only those", async () => {
    await evening();
    expect((await rowOf("箱子到手")).getByTestId("case-live").textContent).toBe("现场");
    expect((await rowOf("冰箱进不了")).queryByTestId("case-live")).toBeNull();
  });

  it("says which wait for a recording, and leads to aligning them", async () => {
    await evening();
    expect((await rowOf("箱子到手")).queryByTestId("align-open")).toBeNull();
    await user.click((await rowOf("现场 11-18 11:00")).getByTestId("align-open"));
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/live\/align\//));
  });

  it("offers no text where there is no sound to make it from", async () => {
    await evening();
    await user.click((await rowOf("现场 11-18 11:00")).getByRole("button", { name: /更多/ }));
    const item = await screen.findByRole("menuitem", { name: "转成文字" });
    expect(item.getAttribute("aria-disabled")).toBe("true");
    expect(screen.getByRole("menuitem", { name: "打开来看" })).toBeTruthy();
  });
});
