import { Popover } from "radix-ui";
import type { ComponentProps } from "react";

/** What a popover shows, under its control and above everything else. */
export function Pop({ className, ...rest }: ComponentProps<typeof Popover.Content>) {
  return (
    <Popover.Portal>
      <Popover.Content
        align="end"
        sideOffset={4}
        collisionPadding={12}
        {...rest}
        className={className ? `${className} popover` : "popover"}
      />
    </Popover.Portal>
  );
}
