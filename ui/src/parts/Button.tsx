import { Tooltip } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import type { ActionId } from "../keys/actions";
import { useChordLabel } from "../keys/labels";
import { Icon, type IconName } from "./Icon";
import { Kbd } from "./Kbd";

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
  tone?: "pri" | "ghost" | "bad";
  size?: "s" | "l";
};

/** A button; its tooltip names the action and its key. */
export function Button({ icon, children, label, action, showKey, tone, size, className, ...rest }: Props) {
  const chord = useChordLabel(action);
  const iconOnly = children === undefined;
  const button = (
    <button
      type="button"
      {...rest}
      aria-label={iconOnly ? label : rest["aria-label"]}
      aria-keyshortcuts={chord?.aria}
      className={["btn", tone, size, iconOnly && "icon", className].filter(Boolean).join(" ")}
    >
      {icon && <Icon name={icon} />}
      {children}
      {showKey && chord && <Kbd>{chord.text}</Kbd>}
    </button>
  );
  if (!label && !chord) return button;
  return (
    <Tip label={label} chord={showKey ? undefined : chord?.text}>
      {button}
    </Tip>
  );
}

type TipProps = { label?: string | undefined; chord?: string | undefined; children: ReactNode };

/** A tooltip over any one control: words and, when there is one, the key. */
export function Tip({ label, chord, children }: TipProps) {
  if (!label && !chord) return children;
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" sideOffset={6} collisionPadding={8}>
          {label}
          {chord && <Kbd>{chord}</Kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
