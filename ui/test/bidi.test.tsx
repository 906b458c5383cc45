import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ipc } from "../src/ipc";
import { edit } from "./host/now";
import { caseNamed, issueNumbered, world } from "./host/stage";
import { heard } from "./sessions";
import { openWindow } from "./window";

/** Turns whatever follows it in the same run of text around. */
const turned = "\u202eABC";

/** Somebody wrote it everywhere something can be written. */
async function writeEverywhere() {
  for (const { case: c, contact } of world().cases) {
    const { title, customer_tier, business_line } = c;
    await edit("case", c, {
      title: title + turned,
      customer_tier: customer_tier + turned,
      business_line: business_line + turned,
    });
    if (!contact) continue;
    const { queue, disposition } = contact;
    await edit("contact", contact, {
      agent: turned,
      customer: turned,
      queue: queue + turned,
      disposition: disposition + turned,
      number: turned,
      line: turned,
      csat: turned,
    });
  }
  for (const { issue } of world().issues)
    await edit("issue", issue, { title: issue.title + turned, external_owner: turned });
  for (const { session: s } of world().sessions)
    await edit("session", s, { title: s.title + turned, theme: turned, place: turned, question: turned });
  for (const { observation: o } of world().marks) await edit("observation", o, { text: o.text + turned });
  for (const p of await ipc.listPeople())
    await edit("person", p, { name: p.name + turned, org_unit: turned });
  for (const tag of await ipc.listTags()) await edit("tag", tag, { name: tag.name + turned });
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
    ["a session", () => `/session/${heard().id}`, "session-mark"],
    ["a call", () => `/case/${caseNamed("冰箱")}?t=255,268.6`, "mark-row"],
    ["the people", () => "/settings/people", "settings-people"],
  ])("in %s", async (_, address, shown) => {
    await openWindow(address, writeEverywhere);
    await screen.findAllByTestId(shown);
    expect(loose()).toEqual([]);
  });
});
