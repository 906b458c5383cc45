import { type ComponentProps, useEffect, useRef } from "react";
import { clock } from "../../text/format";
import { clockNow } from "./call";

/** The call clock, written once a second past React. */
export function Clock(props: ComponentProps<"span">) {
  const label = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      const now = clockNow();
      if (label.current) label.current.textContent = clock(now);
      // Just after the next full second.
      timer = setTimeout(show, 1010 - (now % 1000));
    };
    show();
    return () => clearTimeout(timer);
  }, []);
  return <span ref={label} {...props} />;
}
