/** A screen on a stage of the product, as the window would show it. */
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render } from "@testing-library/react";
import { Tooltip } from "radix-ui";
import { Router } from "wouter";
import { Routes } from "../src/App";
import { UndoBar } from "../src/parts/UndoBar";
import { followEvents } from "../src/records/fresh";
import { queryClient } from "../src/records/queries";
import { forgetAhead } from "../src/records/record";
import { followUndo, useUndo } from "../src/records/undo";
// Its code is read before the first test begins: on a busy machine that takes longer than a test waits.
import "../src/screens/console";
import { useHashPath, useHashSearch } from "../src/seat/hash";
import { stageCarrier } from "./host/carrier";
import { settle } from "./host/choice";
import { reset } from "./host/stage";
import "./languages";

settle(stageCarrier);
followEvents();
followUndo();

/** A fresh copy of the world; `prepare` does what happened before an address is opened in it. */
export async function open(
  address: string | (() => string | Promise<string>),
  prepare: () => unknown = () => undefined,
) {
  cleanup();
  await reset();
  await prepare();
  queryClient.clear();
  forgetAhead();
  useUndo.setState({ last: null, quiet: new Set() });
  window.location.hash = typeof address === "string" ? address : await address();
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
