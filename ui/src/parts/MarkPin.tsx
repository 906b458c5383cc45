import type { ComponentProps } from "react";
import type { ObservationKind } from "../ipc";
import { Icon } from "./Icon";
import css from "./MarkPin.module.css";

type PinLook = { kind: ObservationKind; number: number; active?: boolean };

/** What makes any element look like a pin of a kind. */
export const pinLook = ({ kind, active }: Omit<PinLook, "number">) => ({
  className: css.pin,
  "data-part": "pin",
  "data-kind": kind,
  "data-active": active || undefined,
});

/** What stands in a pin: its number, or the quote marks of a 金句. */
export function PinFace({ kind, number }: Omit<PinLook, "active">) {
  return kind === "quote" ? <Icon name="quote" size="tiny" /> : number;
}

/** A mark's pin that can be pressed. */
export function MarkPin({ kind, number, active, ...rest }: PinLook & ComponentProps<"button">) {
  return (
    <button type="button" {...rest} {...pinLook({ kind, active: active ?? false })}>
      <PinFace kind={kind} number={number} />
    </button>
  );
}
