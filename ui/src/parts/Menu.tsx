import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import type { Why } from "../records/withheld";
import { Withheld } from "./Button";
import { Icon, type IconName } from "./Icon";
import { Kbd } from "./Kbd";
import css from "./Menu.module.css";
import { useErrorWords } from "./words";

type Props = {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  /** Why it is not offered to who sits here. A `Button` as trigger says so by itself. */
  why?: Why;
};

/** A menu under any control. */
export function Menu({ trigger, children, align = "start", why }: Props) {
  const opener = <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>;
  return (
    <DropdownMenu.Root modal={false}>
      {why === undefined ? opener : <Withheld why={why}>{opener}</Withheld>}
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={css.menu} align={align} sideOffset={4} collisionPadding={8}>
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
  /** Why it is not offered to who sits here; told below its words, for a menu has no tips. */
  why?: Why;
  onSelect: () => void;
  children: ReactNode;
};

/** One line of a menu; with `checked` it is one of a set of switches. */
export function MenuItem({ icon, chord, checked, disabled, bad, why, onSelect, children }: ItemProps) {
  const words = useErrorWords();
  const inner = (
    <>
      <span className={css.mark}>
        {checked === undefined
          ? icon && <Icon name={icon} size="small" />
          : checked && <Icon name="check" size="small" />}
      </span>
      {why ? (
        <span className="grow">
          {children}
          <span className={css.why}>{words(why)}</span>
        </span>
      ) : (
        <span className="grow cut">{children}</span>
      )}
      {chord && <Kbd>{chord}</Kbd>}
    </>
  );
  if (why) {
    return (
      <DropdownMenu.Item
        className={css.item}
        aria-disabled
        data-withheld
        onSelect={(e) => e.preventDefault()}
      >
        {inner}
      </DropdownMenu.Item>
    );
  }
  const className = bad ? `${css.item} is-bad` : css.item;
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
  return <DropdownMenu.Separator className={css.rule} />;
}
