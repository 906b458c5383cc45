import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { describe, expect, it } from "vitest";
import { ipc } from "../src/ipc";
import { isolated } from "../src/text/bidi";
import { canned } from "./host/carrier";
import { edit } from "./host/now";
import { caseNamed, issueNumbered, world } from "./host/stage";
import { allIssues } from "./host/told/days";
import { heard } from "./sessions";
import { openWindow } from "./window";

const user = userEvent.setup();
/** Runs from the right, and turns what follows it around. */
const turned = "שלום\u202eABC";
const apart = `\u2068${turned}\u2069`;

/** Somebody wrote it everywhere something can be written. */
async function writeEverywhere() {
  for (const { case: c, contact } of world().cases) {
    await edit("case", c, { title: c.title + turned });
    if (contact) await edit("contact", contact, { agent: turned, customer: turned });
  }
  for (const { issue } of world().issues) await edit("issue", issue, { title: issue.title + turned });
  for (const { session: s } of world().sessions) await edit("session", s, { title: s.title + turned });
  for (const { observation: o } of world().marks) await edit("observation", o, { text: o.text + turned });
  for (const p of await ipc.listPeople()) await edit("person", p, { name: p.name + turned });
  for (const tag of await ipc.listTags()) await edit("tag", tag, { name: tag.name + turned });
}

/** What of a text stands by itself is taken out, to see what is left among our words. */
const left = (text: string) => text.replace(/\u2068[^\u2069]*\u2069/g, "");

/** Names of controls in which a text of people is not by itself, among words of ours. */
async function looseNames(): Promise<string[]> {
  const own = new Set<string>();
  for (const { case: c } of world().cases) own.add(c.title + turned);
  for (const { issue } of (await ipc.listIssues(allIssues)).rows) own.add(issue.title);
  for (const { session } of await ipc.listSessions()) own.add(session.title);
  for (const { name } of [...(await ipc.listPeople()), ...(await ipc.listTags())]) own.add(name);
  for (const { observation: o } of world().marks) own.add(o.text + turned);
  return ["title", "aria-label", "placeholder"].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)]
      .map((element) => element.getAttribute(name) ?? "")
      .filter((said) => left(said).includes(turned) && !own.has(said))
      .map((said) => `${name}: ${said.slice(0, 80)}`),
  );
}

/** Texts in the page that share an element with other words. */
function loose(): string[] {
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || !left(node.nodeValue ?? "").includes(turned)) continue;
    if (parent.closest("bdi, option, title, textarea")) continue;
    // What is marked of a text is that text.
    const others = [...parent.childNodes].filter(
      (n) => n !== node && n.nodeName !== "MARK" && n.textContent?.trim(),
    );
    if (others.length > 0) found.push(parent.outerHTML.slice(0, 200));
  }
  return found;
}

describe("a text of people", () => {
  it("stands by itself in a sentence of ours, and one that turns nothing comes as it is", () => {
    const said = (name: string) => i18next.t("link.elsewhere_named", { ns: "errors", name });
    expect(said(turned)).toContain(`“${apart}”`);
    expect(said("客户之声")).toContain("“客户之声”");
  });

  it.each([
    ["a letter from the right", "שלום", "\u2068שלום\u2069"],
    ["an isolate left open", "a\u2067b", "\u2068a\u2067b\u2069\u2069"],
    ["an end that ends ours", "a\u2069\u202eb", "\u2068a\u202eb\u2069"],
    ["another one inside", "a\u2068ש\u2069b", "\u2068a\u2068ש\u2069b\u2069"],
    ["none of it", "退款 refund 😀", "退款 refund 😀"],
  ])("is closed where it ends: %s", (_, text, out) => expect(isolated(text)).toBe(out));

  it("a number stays a number", () => {
    expect(i18next.t("plan.start", { ns: "library", count: 3 })).toContain("3");
  });
});

describe("turns no neighbour around, in words and in names of controls", () => {
  it.each([
    ["the library", () => "/cases", "case-row"],
    ["the issues", () => "/issues", "issue-row"],
    ["an issue", () => `/issue/${issueNumbered(128).id}`, "evidence-play"],
    ["the sessions", () => "/sessions", "session-row"],
    ["a session", () => `/session/${heard().id}`, "session-mark"],
    ["a call", () => `/case/${caseNamed("冰箱")}?t=255,268.6`, "mark-row"],
    ["the people", () => "/settings/people", "person-line"],
    ["the codebook", () => "/settings/codebook", "tag-row"],
    ["what is found", () => "/search?q=冰箱", "search-hit"],
    ["the live page", () => "/live", "rail-live"],
  ])("in %s", async (_, address, shown) => {
    await openWindow(address, writeEverywhere);
    await screen.findAllByTestId(shown);
    expect(loose()).toEqual([]);
    expect(await looseNames()).toEqual([]);
  });

  it("in the bin", async () => {
    await openWindow("/cases", writeEverywhere);
    await user.click((await screen.findAllByRole("button", { name: /更多|⋯|菜单/ }))[0] as HTMLElement);
    await user.click(await screen.findByRole("menuitem", { name: /删|回收/ }));
    act(() => {
      window.location.hash = "#/bin";
    });
    await screen.findAllByTestId("bin-row");
    expect(loose()).toEqual([]);
    expect(await looseNames()).toEqual([]);
  });

  it("in a notice", async () => {
    await openWindow("/cases");
    await screen.findByTestId("rail-library");
    canned({ type: "notice", note: { code: "link.elsewhere_named", args: { name: turned } } });
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain(apart));
  });

  it("in the trail above the screen", async () => {
    await openWindow(() => `/case/${caseNamed("冰箱")}`, writeEverywhere);
    const trail = await screen.findByRole("navigation", { name: "所在位置" });
    await waitFor(() => expect(trail.querySelector("bdi")?.textContent).toContain(turned));
  });
});
