import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import { Kbd } from "./Kbd";

type Props = { trigger: ReactNode; children: ReactNode; align?: "start" | "end" };

/** A menu under any control. */
export function Menu({ trigger, children, align = "start" }: Props) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

type ItemProps = {
  icon?: IconName;
  chord?: string | undefined;
  checked?: boolean;
  disabled?: boolean;
  bad?: boolean;
  onSelect: () => void;
  children: ReactNode;
};

/** One line of a menu; with `checked` it is one of a set of switches. */
export function MenuItem({ icon, chord, checked, disabled, bad, onSelect, children }: ItemProps) {
  const inner = (
    <>
      <span className="menu-mark">
        {checked === undefined
          ? icon && <Icon name={icon} size="s" />
          : checked && <Icon name="check" size="s" />}
      </span>
      <span className="grow ell">{children}</span>
      {chord && <Kbd>{chord}</Kbd>}
    </>
  );
  const className = bad ? "menu-item c-bad" : "menu-item";
  if (checked === undefined) {
    return (
      <DropdownMenu.Item className={className} disabled={disabled ?? false} onSelect={onSelect}>
        {inner}
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.CheckboxItem
      className={className}
      checked={checked}
      disabled={disabled ?? false}
      onSelect={onSelect}
    >
      {inner}
    </DropdownMenu.CheckboxItem>
  );
}

/** A rule between groups of a menu. */
export function MenuRule() {
  return <DropdownMenu.Separator className="menu-rule" />;
}
