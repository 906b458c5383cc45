/** A screen on the fake host, as the window would show it. */
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render } from "@testing-library/react";
import { Tooltip } from "radix-ui";
import { Router } from "wouter";
import { Routes } from "../../src/App";
import { startI18n } from "../../src/i18n";
import { fakeCarrier } from "../../src/ipc/fake/host";
import { seed } from "../../src/ipc/fake/seed";
import { state } from "../../src/ipc/fake/state";
import { UndoBar } from "../../src/parts/UndoBar";
import { followEvents } from "../../src/records/fresh";
import { queryClient } from "../../src/records/queries";
import { followUndo, useUndo } from "../../src/records/undo";
import { useHashPath, useHashSearch } from "../../src/seat/hash";
import { settle } from "../host/choice";

settle(fakeCarrier);
startI18n("zh-CN");
followEvents();
followUndo();

/** Forgets everything and opens an address; as a function it may name what the fresh host holds. */
export function open(address: string | (() => string)) {
  cleanup();
  seed();
  queryClient.clear();
  useUndo.setState({ last: null, quiet: new Set() });
  window.location.hash = typeof address === "string" ? address : address();
  return render(
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider>
        <Router hook={useHashPath} searchHook={useHashSearch}>
          <main>
            <Routes />
          </main>
          <UndoBar />
        </Router>
      </Tooltip.Provider>
    </QueryClientProvider>,
  );
}

/** The invented case by the start of its title. */
export function caseNamed(start: string): string {
  const found = state.cases.find((c) => c.title.startsWith(start));
  if (!found) throw new Error(`no case ${start}`);
  return found.id;
}
