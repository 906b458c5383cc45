import type { ComponentProps, ReactNode } from "react";
import css from "./Chip.module.css";
import { Icon, type IconName } from "./Icon";

export type ChipTone = "line" | "customer" | "agent" | "mentor" | "ok" | "warn" | "bad" | "info" | "quote";

/** What makes any element look like a chip, e.g. a link. */
export const chipLook = (tone?: ChipTone, className?: string) => ({
  className: className ? `${css.chip} ${className}` : css.chip,
  "data-part": "chip",
  "data-tone": tone,
});

type Props = ComponentProps<"span"> & {
  tone?: ChipTone;
  icon?: IconName;
  children: ReactNode;
};

/** A small word with a wash. */
export function Chip({ tone, icon, children, className, ...rest }: Props) {
  return (
    <span {...rest} {...chipLook(tone, className)}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
