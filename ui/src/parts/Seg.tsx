import { type KeyboardEvent, useRef } from "react";
import { Icon, type IconName } from "./Icon";
import css from "./Seg.module.css";

/** What makes any group of buttons look like one control. */
export const segLook = ({
  small,
  className,
}: {
  small?: boolean | undefined;
  className?: string | undefined;
} = {}) => ({
  className: className ? `${css.segments} ${className}` : css.segments,
  "data-part": "segments",
  "data-size": small ? "small" : undefined,
});

type Option<V extends string | number> = { value: V; label: string; icon?: IconName; testId?: string };

type Props<V extends string | number> = {
  /** Name of the group. */
  label: string;
  options: readonly Option<V>[];
  value: V | null;
  onChange: (value: V) => void;
  small?: boolean;
  className?: string;
};

/** One choice out of a few, as a radio group: arrows move and choose, Tab passes. */
export function Seg<V extends string | number>({
  label,
  options,
  value,
  onChange,
  small,
  className,
}: Props<V>) {
  const group = useRef<HTMLDivElement>(null);
  const at = options.findIndex((o) => o.value === value);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const next = (Math.max(at, 0) + step + options.length) % options.length;
    const option = options[next];
    if (!option) return;
    onChange(option.value);
    group.current?.querySelectorAll<HTMLElement>("[role=radio]")[next]?.focus();
  };
  return (
    <div
      ref={group}
      role="radiogroup"
      aria-label={label}
      {...segLook({ small, className })}
      onKeyDown={onKeyDown}
    >
      {options.map((option, i) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          data-testid={option.testId}
          tabIndex={i === Math.max(at, 0) ? 0 : -1}
          onClick={() => onChange(option.value)}
        >
          {option.icon && <Icon name={option.icon} />}
          {option.label}
        </button>
      ))}
    </div>
  );
}
