import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { plainRows, state } from "../src/ipc/fake/state";
import { caseNamed } from "./fake/stage";
import { issueNumbered, openWindow } from "./fake/window";

/** Turns whatever follows it in the same run of text around. */
const turned = "\u202eABC";

/** Somebody wrote it everywhere something can be written. */
function writeEverywhere(): void {
  const texts = ["title", "customer_tier", "business_line", "queue", "disposition"] as const;
  for (const c of state.cases) for (const field of texts) c[field] += turned;
  for (const c of plainRows("contact")) Object.assign(c, { agent: turned, customer: turned });
  for (const i of state.issues) Object.assign(i, { title: i.title + turned, external_owner: turned });
  for (const s of state.sessions)
    Object.assign(s, { title: s.title + turned, theme: turned, place: turned, question: turned });
  for (const o of state.observations) Object.assign(o, { text: o.text + turned, quote: turned });
  for (const p of state.people) Object.assign(p, { name: p.name + turned, org_unit: turned });
  for (const tag of state.tags) tag.name += turned;
}

/** Such texts that share an element with other words, and so would turn them around. */
function loose(): string[] {
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || !node.nodeValue?.includes(turned) || parent.closest("bdi, option, title")) continue;
    const others = [...parent.childNodes].filter((n) => n !== node && n.textContent?.trim());
    if (others.length > 0) found.push(parent.outerHTML.slice(0, 160));
  }
  return found;
}

describe("a text that runs the other way does not turn its neighbours around", () => {
  it.each([
    ["the library", () => "/cases", "case-row"],
    ["the issues", () => "/issues", "issue-row"],
    ["the board", () => "/issues?view=board", "issue-row"],
    ["a new issue", () => "/issues?new", "issue-create"],
    ["an issue", () => `/issue/${issueNumbered(128).id}`, "evidence-play"],
    ["the sessions", () => "/sessions", "session-row"],
    ["a new session", () => "/sessions?new", "session-create"],
    ["a session", () => `/session/${state.sessions[0]?.id}`, "session-mark"],
    ["a call", () => `/case/${caseNamed("冰箱")}?t=255,268.6`, "mark-row"],
    ["the people", () => "/settings/people", "settings-people"],
  ])("in %s", async (_, address, shown) => {
    openWindow(address, writeEverywhere);
    await screen.findAllByTestId(shown);
    expect(loose()).toEqual([]);
  });
});
