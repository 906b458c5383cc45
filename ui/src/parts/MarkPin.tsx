import type { ComponentProps } from "react";
import type { ObservationKind } from "../ipc";
import { Icon } from "./Icon";

const look: Record<ObservationKind, string> = {
  problem: "",
  highlight: "good",
  quote: "quo",
  question: "ask",
  suggestion: "ask",
};

type PinLook = { kind: ObservationKind; number: number; active?: boolean };

/** Class of a pin by kind. */
export function pinClass({ kind, active }: Omit<PinLook, "number">): string {
  return ["pin", active ? "on" : look[kind]].filter(Boolean).join(" ");
}

/** What stands in a pin: its number, or the quote marks of a 金句. */
export function PinFace({ kind, number }: Omit<PinLook, "active">) {
  return kind === "quote" ? <Icon name="quote" size="xs" /> : number;
}

/** A mark's pin that can be pressed. */
export function MarkPin({ kind, number, active, ...rest }: PinLook & ComponentProps<"button">) {
  return (
    <button type="button" {...rest} className={pinClass({ kind, active: active ?? false })}>
      <PinFace kind={kind} number={number} />
    </button>
  );
}
