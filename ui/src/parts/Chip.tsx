import type { ComponentProps, ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

type Props = ComponentProps<"span"> & {
  tone?: "line" | "cus" | "agt" | "men" | "ok" | "warn" | "bad" | "info" | "quo";
  icon?: IconName;
  children: ReactNode;
};

/** A small word with a wash. */
export function Chip({ tone, icon, children, className, ...rest }: Props) {
  return (
    <span {...rest} className={["chip", tone, className].filter(Boolean).join(" ")}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
