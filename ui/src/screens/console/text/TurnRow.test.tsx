import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { Tooltip } from "radix-ui";
import { expect, it } from "vitest";
import { startI18n } from "../../../i18n";
import type { Recording, Segment } from "../../../ipc";
import { queryClient } from "../../../records/queries";
import { TurnRow } from "./TurnRow";

startI18n("zh-CN");

// Text comes while decoding goes on: the other side's turns move in between, and the index says so
// before the words of a row have been read again.
it("a turn shows its new time when turns of the other side come in between", () => {
  const row = (startMs: number) => turn({ startMs });
  const { rerender } = render(row(9_000));
  rerender(row(5_000));
  expect(screen.getByText("0:05")).toBeTruthy();
});

it.each([
  ["我要退貨", "退货", "退貨"],
  ["打13800138000", "138 0013 8000", "13800138000"],
])("a turn that says %s is marked for %s", (text, find, marked) => {
  render(turn({ find, segment: { ...segment, text } }));
  expect(screen.getByText(marked).tagName).toBe("MARK");
});

const nothing: never[] = [];
const place = { ref: () => undefined, index: 1, top: 40 };
const recording = { roles: ["agent", "customer"] } as unknown as Recording;
const voices = { agent: "", customer: "" };
const segment = { channel: 1, text_original: null, confidence: 1 } as unknown as Segment;

function turn(props: { startMs?: number; segment?: Segment; find?: string }) {
  return (
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider>
        <ol>
          <TurnRow
            place={place}
            startMs={props.startMs ?? 0}
            segment={props.segment}
            recording={recording}
            voices={voices}
            observations={nothing}
            overtalk={nothing}
            now={false}
            find={props.find ?? ""}
            editing={false}
            onEdit={() => undefined}
          />
        </ol>
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}
