import type { ComponentProps, ReactNode, Ref } from "react";
import css from "./DetailScreen.module.css";
import { InlineText } from "./InlineText";
import { ScreenFrame } from "./ScreenFrame";

interface Props {
  ref?: Ref<HTMLDivElement>;
  className?: string | undefined;
  children: ReactNode;
  /** The column beside it, and its name. */
  side: { name: string; content: ReactNode };
  /** Stays below both columns. */
  foot?: ReactNode;
}

/** One thing that has the screen for itself: what it is in a wide column, the facts about it beside. */
export function DetailScreen({ ref, className, children, side, foot }: Props) {
  return (
    <ScreenFrame>
      <div className={[css.frame, className].filter(Boolean).join(" ")}>
        <div className={css.columns} ref={ref}>
          <div className={`${css.main} scroll`}>{children}</div>
          <aside className={`${css.side} scroll`} aria-label={side.name} data-region>
            {side.content}
          </aside>
        </div>
        {foot ? <div className={css.foot}>{foot}</div> : null}
      </div>
    </ScreenFrame>
  );
}

interface HeadProps {
  name: string;
  number?: number;
  /** What can be done with the whole of it. */
  actions: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}

/** Its title and what it says of itself. */
export function DetailHead({ name, number, actions, className, children }: HeadProps) {
  return (
    <section className={css.head} aria-label={name} data-region>
      {number === undefined ? null : <span className={`${css.number} figures`}>{number}</span>}
      <div className={["grow", className].filter(Boolean).join(" ")}>{children}</div>
      <div className={css.actions}>{actions}</div>
    </section>
  );
}

/** Its title, which turns into a field where it stands. */
export function DetailTitle(props: Omit<ComponentProps<typeof InlineText>, "required" | "fieldClassName">) {
  return <InlineText {...props} required fieldClassName={css.titleField} />;
}

/** Stands where it will be, while it is on its way. */
export function DetailLoading({ children }: { children: ReactNode }) {
  return (
    <p className={`${css.loading} faint`} role="status">
      {children}
    </p>
  );
}
