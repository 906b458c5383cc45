import type { ReactNode } from "react";

/** A key cap. The key is also told through `aria-keyshortcuts`, so it is not read twice. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd>{children}</kbd>;
}
