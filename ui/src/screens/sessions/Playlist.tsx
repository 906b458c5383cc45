import { Popover } from "radix-ui";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { CaseId, CaseRow, SessionView } from "../../ipc";
import { useActions } from "../../keys/useActions";
import { Button } from "../../parts/Button";
import { FactLine } from "../../parts/FactLine";
import { Pop } from "../../parts/Pop";
import { SectionHead } from "../../parts/SectionHead";
import { EmptyState } from "../../parts/states";
import { walkRows } from "../../parts/walkRows";
import type { RecordEdit } from "../../records/record";
import { useWithheld, type Why } from "../../records/withheld";
import { clock, dayTime } from "../../text/format";
import { heardInPath } from "../../things/session/paths";
import { CallPicker } from "./CallPicker";
import { showMarksOf } from "./Heard";
import css from "./Playlist.module.css";

type Props = { view: SessionView; edit: RecordEdit<"session"> };
type Step = 1 | -1;

/** What is listened to, in order. Calls are moved with buttons or Alt and the arrows, added and taken off. */
export function Playlist({ view, edit }: Props) {
  const { t } = useTranslation("sessions");
  const { calls, said, move, take, add } = useOrder(view, edit);
  const why = useWithheld("session", view.row.session.id)("session.edit");
  const list = useRef<HTMLOListElement>(null);
  const moveFrom = (event: KeyboardEvent, step: Step) => {
    if (why) return false;
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-case]") : null;
    return row?.dataset.case && list.current?.contains(row) ? move(row.dataset.case, step) : false;
  };
  useActions({
    "session.earlier": (event) => moveFrom(event, -1),
    "session.later": (event) => moveFrom(event, 1),
  });
  const length = calls.reduce((ms, c) => ms + c.duration_ms, 0);
  return (
    <section className={css.playlist} aria-label={t("calls.title")} data-region data-rows="calls">
      <SectionHead
        title={t("calls.title")}
        note={
          calls.length > 0 ? (
            <>
              {t("count.calls", { count: calls.length })} <span className="figures">{clock(length)}</span>
            </>
          ) : undefined
        }
      >
        <AddCalls there={view.row.session.cases} why={why} onAdd={add} />
      </SectionHead>
      {calls.length === 0 ? (
        <EmptyState icon="headphones" title={t("calls.none")} hint={t("calls.noneHint")} />
      ) : (
        <ol ref={list} className={css.calls} data-keys="player" onKeyDown={walkRows}>
          {calls.map((row, i) => (
            <Call
              key={row.case.id}
              row={row}
              at={i}
              last={i === calls.length - 1}
              view={view}
              why={why}
              onMove={move}
              onTake={take}
            />
          ))}
        </ol>
      )}
      <p className="unseen" role="status">
        {said ? t("calls.moved", said) : ""}
      </p>
    </section>
  );
}

/** The order on the screen, ahead of the host's while changes are on their way to it. */
function useOrder(view: SessionView, edit: RecordEdit<"session">) {
  const [said, setSaid] = useState<{ title: string; at: number; total: number } | null>(null);
  const known = new Map(view.cases.map((c) => [c.case.id, c]));
  const ids = edit.now.cases.filter((id) => known.has(id));
  // Also of calls that left the library: they keep their place, undo may bring them back.
  const keep = (change: (all: CaseId[]) => CaseId[]) =>
    void edit.set((now) => ({ cases: change(now.cases) }));
  const held = useHold(ids);
  const move = (id: CaseId, step: Step) => {
    const from = ids.indexOf(id);
    const to = from + step;
    const other = ids[to];
    if (from < 0 || other === undefined) return;
    held.hold(id);
    setSaid({ title: known.get(id)?.case.title ?? "", at: to + 1, total: ids.length });
    keep((all) => swapped(all, id, other));
  };
  return {
    calls: ids.flatMap((id) => known.get(id) ?? []),
    said,
    move,
    take: (id: CaseId) => keep((all) => all.filter((each) => each !== id)),
    add: (more: CaseId[]) => keep((all) => [...all, ...more.filter((id) => !all.includes(id))]),
  };
}

/** Two change places, while both are there. */
function swapped(all: CaseId[], a: CaseId, b: CaseId): CaseId[] {
  if (!all.includes(a) || !all.includes(b)) return all;
  return all.map((each) => (each === a ? b : each === b ? a : each));
}

/** Keeps the focus on the row that was moved, on the control that moved it while that can still be pressed. */
function useHold(ids: readonly CaseId[]) {
  const held = useRef<{ id: CaseId; control: string } | null>(null);
  const order = ids.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is what moves the row
  useLayoutEffect(() => {
    const { id, control } = held.current ?? {};
    held.current = null;
    if (!id) return;
    const row = document.querySelector(`[data-case="${id}"]`);
    const pressed = row?.querySelector<HTMLButtonElement>(`[data-hold="${control}"]:not(:disabled)`);
    (pressed ?? row?.querySelector<HTMLElement>("[data-rowlink]"))?.focus();
  }, [order]);
  return {
    hold: (id: CaseId) => {
      const control = document.activeElement?.getAttribute("data-hold") ?? "";
      held.current = { id, control };
    },
  };
}

type CallProps = {
  row: CaseRow;
  at: number;
  last: boolean;
  view: SessionView;
  why: Why;
  onMove: (id: CaseId, step: Step) => void;
  onTake: (id: CaseId) => void;
};

function Call({ row, at, last, view, why, onMove, onTake }: CallProps) {
  const { t } = useTranslation("sessions");
  const [, go] = useLocation();
  const c = row.case;
  const sessionId = view.row.session.id;
  const path = heardInPath(c.id, sessionId);
  const marks = view.observations.filter((o) => o.observation.case_id === c.id).length;
  const { customer, agent, began_at = null } = row.contact ?? {};
  const facts = [c.business_line, customer, agent, began_at === null ? "" : dayTime(began_at)];
  return (
    <li data-testid="session-case" data-case={c.id} data-index={at}>
      <span className={`${css.place} figures`}>{at + 1}</span>
      <Button
        className={css.open}
        tone="ghost"
        icon={row.has_audio ? "headphones" : "text"}
        label={t(row.has_audio ? "calls.listen" : "calls.silent", { title: c.title })}
        data-testid="session-case-open"
        onClick={() => go(path)}
      />
      <div className={css.call}>
        <Link href={path} data-rowlink>
          <bdi>{c.title}</bdi>
        </Link>
        <FactLine facts={facts} />
      </div>
      {marks > 0 ? (
        <button type="button" className={css.marks} onClick={() => showMarksOf(c.id)}>
          {t("count.marks", { count: marks })}
        </button>
      ) : (
        <span />
      )}
      <span className={`${css.length} figures`}>{clock(row.duration_ms)}</span>
      <span className={css.ways}>
        <Button
          size="small"
          tone="ghost"
          icon="up"
          why={why}
          label={t("calls.earlier", { title: c.title })}
          action="session.earlier"
          data-hold="earlier"
          disabled={at === 0}
          onClick={() => onMove(c.id, -1)}
        />
        <Button
          size="small"
          tone="ghost"
          icon="down"
          why={why}
          label={t("calls.later", { title: c.title })}
          action="session.later"
          data-hold="later"
          disabled={last}
          onClick={() => onMove(c.id, 1)}
        />
        <Button
          size="small"
          tone="ghost"
          icon="x"
          why={why}
          label={t("calls.take", { title: c.title })}
          data-testid="session-case-take"
          onClick={() => onTake(c.id)}
        />
      </span>
    </li>
  );
}

type AddProps = { there: CaseId[]; why: Why; onAdd: (ids: CaseId[]) => void };

/** Puts more calls of the library at the end of the list. */
function AddCalls({ there, why, onAdd }: AddProps) {
  const { t } = useTranslation("sessions");
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<CaseId[]>([]);
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setChosen([]);
      }}
    >
      <Popover.Trigger asChild>
        <Button size="small" tone="ghost" icon="plus" why={why} data-testid="session-add-calls">
          {t("calls.add")}
        </Button>
      </Popover.Trigger>
      <Pop className={css.adding} aria-label={t("calls.add")}>
        <CallPicker chosen={chosen} onChange={setChosen} except={there} />
        <div className="row foot">
          <span className="grow" />
          <Button
            size="small"
            tone="primary"
            disabled={chosen.length === 0}
            onClick={() => {
              onAdd(chosen);
              setOpen(false);
            }}
          >
            {t("calls.addThese", { count: chosen.length })}
          </Button>
        </div>
      </Pop>
    </Popover.Root>
  );
}
