import type { ReactNode } from "react";
import css from "./ScreenFrame.module.css";

/** The whole of what is under the top bar. What lies in it asks how wide it is, not how wide the window is. */
export function ScreenFrame({ children }: { children: ReactNode }) {
  return <div className={css.frame}>{children}</div>;
}
