import { Popover } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Withheld } from "../../parts/Button";
import { PickButton } from "../../parts/PickButton";
import { Pop } from "../../parts/Pop";
import type { Why } from "../../records/withheld";
import css from "./DuePicker.module.css";
import { calendarDay } from "./lifecycle";

const dayMs = 86_400_000;

/** The six weeks that show a month, Monday first, as UTC midnights. */
export const monthGrid = (month: number): number[] => {
  const d = new Date(month);
  const first = Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), 1);
  const lead = (new Date(first).getUTCDay() + 6) % 7;
  return Array.from({ length: 42 }, (_, i) => first + (i - lead) * dayMs);
};

const monthOf = (day: number, by = 0): number => {
  const d = new Date(day);
  return Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + by, 1);
};

interface Props {
  value: number | null;
  onPick: (day: number | null) => void;
  /** Why it is not for who sits here to set. */
  why: Why;
  children: ReactNode;
}

/** A due day from a small calendar. Arrows walk by day and week, PageUp and PageDown by month. */
export function DuePicker({ value, onPick, why, children }: Props) {
  const { t } = useTranslation("issues");
  const [open, setOpen] = useState(false);
  const pick = (day: number | null) => {
    onPick(day);
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Withheld why={why} label={t("side.editField", { field: t("side.due") })}>
        <Popover.Trigger asChild>
          <PickButton data-testid="issue-due">{children}</PickButton>
        </Popover.Trigger>
      </Withheld>
      <Pop
        className={css.calendar}
        align="start"
        aria-label={t("side.due")}
        onOpenAutoFocus={(e) => e.preventDefault()}
      >
        <Calendar value={value} onPick={pick} />
        {value === null ? null : (
          <Button size="small" tone="ghost" onClick={() => pick(null)}>
            {t("side.clearDue")}
          </Button>
        )}
      </Pop>
    </Popover.Root>
  );
}

function Calendar({ value, onPick }: { value: number | null; onPick: (day: number) => void }) {
  const { t, i18n } = useTranslation("issues");
  const today = calendarDay(Date.now());
  const [at, setAt] = useState(value ?? today);
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    grid.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus();
  }, [at]);
  const named = (day: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(i18n.language, { timeZone: "UTC", ...options }).format(day);
  const walk = (e: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
    const step = steps[e.key];
    if (step !== undefined) setAt(at + step * dayMs);
    else if (e.key === "PageUp" || e.key === "PageDown") setAt(monthOf(at, e.key === "PageUp" ? -1 : 1));
    else return;
    e.preventDefault();
  };
  return (
    <div>
      <div className="row">
        <Button
          size="small"
          tone="ghost"
          icon="left"
          label={t("due.earlier")}
          onClick={() => setAt(monthOf(at, -1))}
        />
        <b className={`${css.month} grow`} aria-live="polite">
          {named(at, { year: "numeric", month: "long" })}
        </b>
        <Button
          size="small"
          tone="ghost"
          icon="right"
          label={t("due.later")}
          onClick={() => setAt(monthOf(at, 1))}
        />
      </div>
      <div className={css.days} ref={grid} role="group" aria-label={t("side.due")} onKeyDown={walk}>
        {monthGrid(at)
          .slice(0, 7)
          .map((day) => (
            <span key={`w${day}`} className="faint" aria-hidden="true">
              {named(day, { weekday: "narrow" })}
            </span>
          ))}
        {monthGrid(at).map((day) => {
          const other = monthOf(day) !== monthOf(at);
          return (
            <button
              key={day}
              type="button"
              data-day={day}
              className={other ? "faint" : undefined}
              aria-pressed={day === value}
              aria-current={day === today ? "date" : undefined}
              aria-label={named(day, { dateStyle: "full" })}
              tabIndex={day === at ? 0 : -1}
              onClick={() => onPick(day)}
            >
              {new Date(day).getUTCDate()}
            </button>
          );
        })}
      </div>
    </div>
  );
}
