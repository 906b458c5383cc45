import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Tag, TagId } from "../../ipc";
import { ipc } from "../../ipc";
import { Button, buttonLook } from "../../parts/Button";
import { Kbd } from "../../parts/Kbd";
import { Menu, MenuItem } from "../../parts/Menu";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { useRecord } from "../../records/record";
import { useWithheld } from "../../records/withheld";
import { isolated } from "../../text/bidi";
import { useTags } from "../../things/mark/tags";
import { activeTags, moved, tagColours } from "./codes";
import css from "./codes.module.css";
import { MergeForm } from "./MergeForm";
import pieces from "./pieces.module.css";
import { TagEditor } from "./TagEditor";
import { useNamedLine } from "./useNamedLine";

/** The codes a mark can wear: the first nine answer to the keys 1–9. */
export function Codebook() {
  const { t } = useTranslation("settings");
  const tags = useTags();
  const all = tags.data ?? [];
  const active = activeTags(all);
  const resting = all.filter((tag) => tag.status.state !== "active");
  const [adding, setAdding] = useState(false);
  const why = useWithheld();
  const whyMove = why("tag.reorder");
  const reorder = useMutation({ mutationFn: (ids: string[]) => ipc.reorderTags(ids) });
  const move = (id: TagId, to: number) => {
    const order = moved(
      active.map((tag) => tag.id),
      id,
      to,
    );
    reorder.mutate([...order, ...resting.map((tag) => tag.id)]);
  };
  const drag = useDrag(move);
  return (
    <section aria-label={t("tab.codebook")}>
      <SectionHead title={t("tab.codebook")} note={t("codes.note")}>
        <Button
          size="small"
          tone="primary"
          icon="plus"
          why={why("tag.add")}
          disabled={adding}
          data-testid="tag-add"
          onClick={() => setAdding(true)}
        >
          {t("codes.add")}
        </Button>
      </SectionHead>
      {adding && !why("tag.add") ? <TagEditor tag={null} onDone={() => setAdding(false)} /> : null}
      <Problem error={tags.error ?? reorder.error} />
      <ol className={`${css.codes} ${pieces.list}`} aria-label={t("tab.codebook")} {...drag.list}>
        {active.map((tag, i) => (
          <TagLine
            key={tag.id}
            tag={tag}
            parent={all.find((p) => p.id === tag.parent_id)}
            digit={i < 9 ? i + 1 : null}
            others={active.filter((o) => o.id !== tag.id)}
            dragged={drag.id === tag.id}
            onGrab={(e) => (whyMove ? undefined : drag.grab(tag.id, e))}
            onUp={i > 0 ? () => move(tag.id, i - 1) : null}
            onDown={i + 1 < active.length ? () => move(tag.id, i + 1) : null}
          />
        ))}
      </ol>
      {resting.length > 0 ? (
        <>
          <SectionHead level={3} title={t("codes.resting")} note={t("codes.restingNote")} />
          <ul className={pieces.list}>
            {resting.map((tag) => (
              <RestingLine key={tag.id} tag={tag} all={all} />
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

/** Picks a line up by its handle and puts it where it is let go. Buttons do the same without a pointer. */
function useDrag(move: (id: TagId, to: number) => void) {
  const [id, setId] = useState<TagId | null>(null);
  const at = useRef<number | null>(null);
  return {
    id,
    grab: (tag: TagId, e: React.PointerEvent) => {
      e.preventDefault();
      at.current = null;
      setId(tag);
    },
    list: {
      onPointerMove: (e: React.PointerEvent<HTMLElement>) => {
        if (id === null) return;
        const lines = [...e.currentTarget.children];
        const over = lines.findIndex((line) => e.clientY < line.getBoundingClientRect().bottom);
        at.current = over < 0 ? lines.length - 1 : over;
      },
      onPointerUp: () => {
        if (id !== null && at.current !== null) move(id, at.current);
        setId(null);
      },
      onPointerLeave: () => setId(null),
    },
  };
}

interface LineProps {
  tag: Tag;
  parent: Tag | undefined;
  digit: number | null;
  others: Tag[];
  dragged: boolean;
  onGrab: (e: React.PointerEvent) => void;
  onUp: (() => void) | null;
  onDown: (() => void) | null;
}

function TagLine({ tag: read, parent, digit, others, dragged, onGrab, onUp, onDown }: LineProps) {
  const { t } = useTranslation("settings");
  const why = useWithheld();
  const named = useNamedLine(read.id);
  const [doing, setDoing] = useState<"edit" | "merge" | null>(null);
  const { now: tag, set, error } = useRecord("tag", read);
  if (doing === "edit" && !why("tag.edit"))
    return (
      <li>
        <TagEditor tag={tag} onDone={() => setDoing(null)} />
      </li>
    );
  return (
    <li data-dragged={dragged || undefined} data-testid="tag-row" data-name={tag.name} {...named}>
      <div className="row">
        <span className={css.grip} onPointerDown={onGrab} title={t("codes.drag")} aria-hidden="true" />
        <span className={css.digit}>{digit === null ? null : <Kbd>{digit}</Kbd>}</span>
        <i className={css.swatch} data-colour={tag.colour} aria-hidden="true" />
        <span className="grow">
          {parent ? (
            <span className="faint">
              <bdi>{parent.name}</bdi> ／{" "}
            </span>
          ) : null}
          <b>{tag.name}</b>
          {tag.aliases.length > 0 ? (
            <span className="faint small">
              {" "}
              {t("codes.aliases", { names: tag.aliases.map(isolated).join(t("about.comma")) })}
            </span>
          ) : null}
          {tag.definition ? <span className={`${pieces.meaning} faint small`}>{tag.definition}</span> : null}
        </span>
        <Button
          size="small"
          tone="ghost"
          icon="up"
          why={why("tag.reorder")}
          label={t("codes.up", { name: tag.name })}
          disabled={onUp === null}
          onClick={() => onUp?.()}
        />
        <Button
          size="small"
          tone="ghost"
          icon="down"
          why={why("tag.reorder")}
          label={t("codes.down", { name: tag.name })}
          disabled={onDown === null}
          onClick={() => onDown?.()}
        />
        <Menu
          align="end"
          why={why("tag.edit")}
          trigger={
            <button
              type="button"
              {...buttonLook({ tone: "ghost", isIcon: true, size: "small" })}
              aria-label={t("codes.colourOf", { name: tag.name })}
              title={t("codes.colour")}
            >
              <i className={css.swatch} data-colour={tag.colour} aria-hidden="true" />
            </button>
          }
        >
          {tagColours.map((colour) => (
            <MenuItem key={colour} checked={colour === tag.colour} onSelect={() => void set({ colour })}>
              <i className={css.swatch} data-colour={colour} aria-hidden="true" /> {t(`colour.${colour}`)}
            </MenuItem>
          ))}
        </Menu>
        <Button
          size="small"
          tone="ghost"
          icon="edit"
          why={why("tag.edit")}
          label={t("codes.edit", { name: tag.name })}
          onClick={() => setDoing("edit")}
        />
        <Button
          size="small"
          tone="ghost"
          icon="merge"
          why={why("tag.merge")}
          label={t("codes.merge", { name: tag.name })}
          disabled={others.length === 0}
          onClick={() => setDoing("merge")}
        />
        <Button
          size="small"
          tone="ghost"
          icon="eyeoff"
          why={why("tag.retire")}
          label={t("codes.retire", { name: tag.name })}
          onClick={() => void set({ status: { state: "retired" } })}
        />
      </div>
      {doing === "merge" && !why("tag.merge") ? (
        <MergeForm
          from={tag}
          others={others}
          means={(into) => t("codes.mergeMeans", { from: tag.name, into: into.name })}
          merge={(into) => ipc.mergeTags({ from: tag.id, into: into.id })}
          onDone={() => setDoing(null)}
        />
      ) : null}
      <Problem error={error} />
    </li>
  );
}

function RestingLine({ tag, all }: { tag: Tag; all: Tag[] }) {
  const { t } = useTranslation("settings");
  const why = useWithheld()("tag.restore");
  const named = useNamedLine(tag.id);
  const { status } = tag;
  const { set, error } = useRecord("tag", tag);
  const into = status.state === "merged_into" ? all.find((o) => o.id === status.into)?.name : undefined;
  return (
    <li className="row" data-testid="tag-resting" {...named}>
      <i className={css.swatch} data-colour={tag.colour} aria-hidden="true" />
      <span className="grow faint">{tag.name}</span>
      {into !== undefined ? (
        <span className="faint">{t("codes.mergedInto", { name: into })}</span>
      ) : (
        <Button size="small" why={why} onClick={() => void set({ status: { state: "active" } })}>
          {t("codes.restore")}
        </Button>
      )}
      <Problem error={error} />
    </li>
  );
}
