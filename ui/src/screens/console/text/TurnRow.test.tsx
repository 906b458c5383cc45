import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { Tooltip } from "radix-ui";
import { expect, it } from "vitest";
import { queryClient } from "../../../app/queries";
import { startI18n } from "../../../i18n";
import type { Case, Recording } from "../../../ipc";
import { TurnRow } from "./TurnRow";

startI18n("zh-CN");

// Text comes while decoding goes on: the other side's turns move in between, and the index says so
// before the words of a row have been read again.
it("a turn shows its new time when turns of the other side come in between", () => {
  const row = (startMs: number) => (
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider>
        <ol>
          <TurnRow
            place={place}
            startMs={startMs}
            segment={undefined}
            recording={recording}
            facts={facts}
            observations={nothing}
            overtalk={nothing}
            now={false}
            find=""
            editing={false}
            onEdit={() => undefined}
          />
        </ol>
      </Tooltip.Provider>
    </QueryClientProvider>
  );
  const nothing: never[] = [];
  const place = { ref: () => undefined, index: 1, top: 40 };
  const recording = { roles: ["agent", "customer"] } as unknown as Recording;
  const facts = { agent: "", customer: "" } as unknown as Case;
  const { rerender } = render(row(9_000));
  rerender(row(5_000));
  expect(screen.getByText("0:05")).toBeTruthy();
});
