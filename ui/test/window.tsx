/** The whole window on a stage of the product: shell, search box, import sheet and screen. */
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render } from "@testing-library/react";
import axe from "axe-core";
import { Tooltip } from "radix-ui";
import { expect } from "vitest";
import { Router } from "wouter";
import { Routes } from "../src/App";
import { followEvents } from "../src/records/fresh";
import { queryClient } from "../src/records/queries";
import { forgetAhead } from "../src/records/record";
import { followUndo, useUndo } from "../src/records/undo";
// Its code is read before the first test begins: on a busy machine that takes longer than a test waits.
import "../src/screens/console";
import { resetIssueList } from "../src/screens/issues/state";
import { useChosen } from "../src/screens/library/chosen";
import { useLibrary } from "../src/screens/library/state";
import { useHashPath, useHashSearch } from "../src/seat/hash";
import { AppShell } from "../src/shell/AppShell";
import { useImport } from "../src/things/case/import/store";
import { stage, stageCarrier } from "./host/carrier";
import { settle } from "./host/choice";
import { reset } from "./host/stage";
import "./languages";

settle(stageCarrier);
followEvents();
followUndo();

/** A fresh copy of the world; `prepare` does what happened before the window opens at an address. */
export async function openWindow(
  path: string | (() => string | Promise<string>),
  prepare: () => unknown = () => undefined,
  otherwise: Parameters<typeof reset>[0] = {},
) {
  cleanup();
  await reset(otherwise);
  await prepare();
  queryClient.clear();
  forgetAhead();
  useUndo.setState({ last: null, quiet: new Set() });
  useImport.setState(useImport.getInitialState());
  resetIssueList();
  useLibrary.setState(useLibrary.getInitialState());
  useChosen.setState(useChosen.getInitialState());
  window.location.hash = typeof path === "string" ? path : await path();
  return show();
}

/** Reloads the page: the host goes on with what it holds. */
export function reload() {
  cleanup();
  queryClient.clear();
  return show();
}

function show() {
  return render(
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider>
        <Router hook={useHashPath} searchHook={useHashSearch}>
          <AppShell>
            <Routes />
          </AppShell>
        </Router>
      </Tooltip.Provider>
    </QueryClientProvider>,
  );
}

/** Files let go over the window. */
export const dropFiles = (...paths: string[]) => act(() => stage().ask("stage_drop", paths));

/** Text that would act if it were ever taken for markup. */
export const payloads = [
  `<img src=x onerror="window.hacked=1">`,
  `"><script>window.hacked=1</script>`,
  `{{constructor.constructor('window.hacked=1')()}}`,
  `\u202e' OR 1=1; DROP TABLE issue;--`,
].join(" ");

/** Nothing of a payload became an element, and nothing ran. */
export function expectInert(): void {
  expect(document.querySelector("img, script, iframe")).toBeNull();
  expect((window as { hacked?: number }).hacked).toBeUndefined();
}

/** What axe finds that is serious. Contrast is measured on pictures: nothing is painted here. */
export async function seriousFindings(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    resultTypes: ["violations"],
  });
  return violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(" | ")}`);
}
