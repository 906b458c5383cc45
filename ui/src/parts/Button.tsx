import { Tooltip } from "radix-ui";
import {
  type ComponentProps,
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useState,
} from "react";
import type { ActionId } from "../keys/actions";
import { useChordLabel } from "../keys/labels";
import type { Why } from "../records/withheld";
import css from "./Button.module.css";
import { Icon, type IconName } from "./Icon";
import { Kbd } from "./Kbd";
import { useErrorWords } from "./words";

export type ButtonTone = "primary" | "ghost" | "bad";
export type ButtonSize = "small" | "large";

type Look = {
  tone?: ButtonTone | undefined;
  size?: ButtonSize | undefined;
  isIcon?: boolean;
  className?: string | undefined;
};

/** What makes any element look like a button, e.g. a link or what opens a menu. */
export const buttonLook = ({ tone, size, isIcon, className }: Look = {}) => ({
  className: className ? `${css.button} ${className}` : css.button,
  "data-part": "button",
  "data-tone": tone,
  "data-size": size,
  "data-bare": isIcon || undefined,
});

type Props = Omit<ComponentProps<"button">, "children"> & {
  icon?: IconName;
  /** Words on the button. Without them `label` names the icon. */
  children?: ReactNode;
  /** Name and tooltip of an icon-only button, or a longer tooltip. */
  label?: string;
  /** The action whose key the tooltip names. */
  action?: ActionId;
  /** Shows the key on the button as well. */
  showKey?: boolean;
  tone?: ButtonTone;
  size?: ButtonSize;
  /** Why it is not offered to who sits here. */
  why?: Why;
};

/** A button; its tooltip names the action and its key. */
export function Button({
  icon,
  children,
  label,
  action,
  showKey,
  tone,
  size,
  className,
  why,
  ...rest
}: Props) {
  const chord = useChordLabel(action);
  const iconOnly = children === undefined;
  const button = (
    <button
      type="button"
      {...rest}
      aria-label={iconOnly ? label : rest["aria-label"]}
      aria-keyshortcuts={chord?.aria}
      {...buttonLook({ tone, size, isIcon: iconOnly, className })}
    >
      {icon && <Icon name={icon} />}
      {children}
      {showKey && chord && <Kbd>{chord.text}</Kbd>}
    </button>
  );
  if (why !== undefined)
    return (
      <Withheld why={why} label={label} chord={showKey ? undefined : chord?.text}>
        {button}
      </Withheld>
    );
  if (!label && !chord) return button;
  return (
    <Tip label={label} chord={showKey ? undefined : chord?.text}>
      {button}
    </Tip>
  );
}

type TipProps = {
  label?: string | undefined;
  /** The key it answers to, or all of them. */
  chord?: string | readonly string[] | undefined;
  /** Words may come and go: the control stays the same one. */
  steady?: boolean;
  children: ReactNode;
};

/** A tooltip over any one control: words and, where there are any, its keys. */
export function Tip({ label, chord, steady = false, children }: TipProps) {
  const [open, setOpen] = useState(false);
  const keys = (typeof chord === "string" ? [chord] : (chord ?? [])).filter(Boolean);
  const says = Boolean(label) || keys.length > 0;
  if (!says && !steady) return children;
  return (
    <Tooltip.Root open={open && says} onOpenChange={setOpen}>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={css.tip} sideOffset={6} collisionPadding={8}>
          {label}
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

const block = (event: { preventDefault: () => void }) => event.preventDefault();
/** Keys that press a control or open what hangs on it. */
const blockKeys = (event: KeyboardEvent) => {
  if (event.key === "Enter" || event.key === " " || event.key === "ArrowDown") event.preventDefault();
};

const withheld = {
  "aria-disabled": true,
  "data-withheld": true,
  disabled: undefined,
  title: undefined,
  onClick: block,
  onPointerDown: block,
  onKeyDown: blockKeys,
};

type WithheldProps = {
  why: Why;
  /** What its tooltip says otherwise. */
  label?: string | undefined;
  chord?: string | undefined;
  /** One control, or the trigger around it. */
  children: ReactElement<Partial<typeof withheld>>;
};

/**
 * A control that may not be for who sits here: then it keeps its place and its focus, does nothing, and its tooltip says
 * whose it is.
 */
export function Withheld({ why, label, chord, children }: WithheldProps) {
  const words = useErrorWords();
  if (!why)
    return (
      <Tip steady label={label} chord={chord}>
        {children}
      </Tip>
    );
  return (
    <Tip steady label={[label, words(why)].filter(Boolean).join("\n")}>
      {cloneElement(children, withheld)}
    </Tip>
  );
}
