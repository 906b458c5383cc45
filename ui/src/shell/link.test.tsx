import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { canned } from "../../test/host/carrier";
import { copied, issueNumbered } from "../../test/host/stage";
import { heard as session } from "../../test/sessions";
import { openWindow } from "../../test/window";
import { ipc } from "../ipc";

const user = userEvent.setup();
const at = (path: string) => waitFor(() => expect(window.location.hash).toBe(`#${path}`));

afterEach(() => vi.restoreAllMocks());

describe("the link of a page", () => {
  it.each<[string, () => string, () => RegExp]>([
    [
      "an issue",
      () => `/issue/${issueNumbered(128).id}`,
      () => new RegExp(`^qinting://issue/${issueNumbered(128).id}\\?w=`),
    ],
    [
      "a session",
      () => `/session/${session().id}`,
      () => new RegExp(`^qinting://session/${session().id}\\?w=`),
    ],
  ])("is copied with one button, and says whose it is: %s", async (_, path, link) => {
    await openWindow(path);
    await user.click((await screen.findAllByRole("button", { name: "复制链接" }))[0] as HTMLElement);
    await waitFor(async () => expect(await copied()).toMatch(link()));
    expect(await screen.findByRole("button", { name: "已复制" })).toBeTruthy();
  });
});

describe("a link from outside", () => {
  it("leads to its issue and its session", async () => {
    await openWindow("/cases");
    await screen.findByTestId("rail-library");
    canned({ type: "open_link", link: { to: "issue", issue_id: issueNumbered(128).id } });
    await at(`/issue/${issueNumbered(128).id}`);
    canned({ type: "open_link", link: { to: "session", session_id: session().id } });
    await at(`/session/${session().id}`);
  });

  it("that waited for the page is followed by it", async () => {
    vi.spyOn(ipc, "takePendingLink").mockImplementation(async () => ({
      to: "issue",
      issue_id: issueNumbered(104).id,
    }));
    await openWindow("/cases");
    await at(`/issue/${issueNumbered(104).id}`);
  });

  it("that waited and leads to another workspace says to which", async () => {
    vi.spyOn(ipc, "takePendingLink").mockRejectedValue({
      code: "link.elsewhere_named",
      args: { name: "客户之声" },
    });
    await openWindow("/cases");
    expect((await screen.findByRole("alert")).textContent).toContain("客户之声");
  });
});

describe("a link in the search box", () => {
  const box = () => screen.findByTestId("search-input");

  it("is followed with Enter, an issue's number too", async () => {
    await openWindow("/cases");
    await user.click(await box());
    await user.paste("qinting://issue/128");
    expect(await screen.findByText("按回车打开这个链接。")).toBeTruthy();
    await user.keyboard("{Enter}");
    await at(`/issue/${issueNumbered(128).id}`);
  });

  it("of another workspace stays where it is and says whose it is", async () => {
    await openWindow("/cases");
    await user.click(await box());
    const elsewhere = { code: "link.elsewhere_named", args: { name: "客户之声" } };
    vi.spyOn(ipc, "resolveLink").mockRejectedValue(elsewhere);
    await user.paste(`qinting://issue/${issueNumbered(128).id}?w=0193a1b2-0000-7000-8000-0000000000bb`);
    await user.keyboard("{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("客户之声");
    await at("/cases");
    await user.keyboard("x");
    expect(screen.queryByRole("alert")).toBeNull();
  });
});
