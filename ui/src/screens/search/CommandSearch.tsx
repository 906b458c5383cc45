import { useMutation } from "@tanstack/react-query";
import { Popover } from "radix-ui";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { ipc, type SearchHit } from "../../ipc";
import { isComposing, keyName } from "../../keys/chord";
import { useChordLabel } from "../../keys/labels";
import { useActions } from "../../keys/useActions";
import { Icon } from "../../parts/Icon";
import { Kbd } from "../../parts/Kbd";
import { Problem } from "../../parts/Problem";
import { claimsLink, linkPath } from "../../seat/link";
import { useSoundlessCase } from "../../things/live/soundless";
import css from "./CommandSearch.module.css";
import { Hit } from "./Hit";
import hitCss from "./Hit.module.css";
import { Limits } from "./Limits";
import { caseOf, inOrder, keyOf, pathOf, scopeOf, scopes, useSearchHits } from "./useSearchHits";

/** Hits of each kind in the popover; the page shows more. */
const perScope = 5;

/** The one search box. Its results hang under it; a call that plays goes on, and Esc gives the focus back. */
export default function CommandSearch() {
  const { t } = useTranslation("search");
  const [, go] = useLocation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const before = useRef<HTMLElement | null>(null);
  const [text, setText] = useState("");
  const [looked, setLooked] = useState("");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const chord = useChordLabel("app.search");
  const found = useSearchHits(looked, [], perScope);
  const hits = looked.trim() === "" ? [] : inOrder(found.data);
  const silent = useSoundlessCase();
  const active = hits[Math.min(at, hits.length - 1)];

  useActions({
    "app.search": () => {
      if (document.activeElement !== input.current)
        before.current = document.activeElement as HTMLElement | null;
      input.current?.focus();
      input.current?.select();
      setOpen(true);
    },
  });

  const close = (giveBack: boolean) => {
    setOpen(false);
    if (giveBack) before.current?.focus();
    if (giveBack && document.activeElement === input.current) input.current?.blur();
    before.current = null;
  };
  const openHit = (hit: SearchHit) => {
    close(false);
    input.current?.blur();
    go(pathOf(hit));
  };
  const follow = useMutation({
    mutationFn: (url: string) => ipc.resolveLink(url),
    onSuccess: (link) => {
      close(false);
      input.current?.blur();
      go(linkPath(link));
    },
  });
  const openAll = () => {
    close(false);
    input.current?.blur();
    go(`/search?q=${encodeURIComponent(text.trim())}`);
  };
  const type = (value: string, composing: boolean) => {
    setText(value);
    setOpen(true);
    setAt(0);
    follow.reset();
    if (!composing) setLooked(claimsLink(value) ? "" : value);
  };
  const onKeyDown = (e: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(e.nativeEvent)) return;
    if (keyName(e) === "ArrowDown" || keyName(e) === "ArrowUp") {
      e.preventDefault();
      setOpen(true);
      const to = Math.max(0, Math.min(hits.length - 1, at + (keyName(e) === "ArrowDown" ? 1 : -1)));
      setAt(to);
      document.getElementById(`${id}-${to}`)?.scrollIntoView({ block: "nearest" });
    } else if (keyName(e) === "Enter") {
      e.preventDefault();
      if (isLink) follow.mutate(text.trim());
      else if (e.ctrlKey || e.metaKey) openAll();
      else if (active) openHit(active);
    } else if (keyName(e) === "Escape") {
      e.preventDefault();
      e.stopPropagation();
      close(true);
    }
  };
  const isLink = claimsLink(text);
  const shown = open && text.trim() !== "";
  return (
    <Popover.Root open={shown} onOpenChange={(next) => !next && setOpen(false)} modal={false}>
      <Popover.Anchor asChild>
        <div className={`${css.field} find`} role="search">
          <Icon name="search" size="small" />
          <input
            ref={input}
            type="search"
            role="combobox"
            data-testid="search-input"
            aria-label={t("label")}
            aria-expanded={shown}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={shown && active ? `${id}-${hits.indexOf(active)}` : undefined}
            aria-keyshortcuts={chord?.aria}
            placeholder={t("placeholder")}
            autoComplete="off"
            value={text}
            onFocus={(e) => {
              if (!before.current) before.current = e.relatedTarget as HTMLElement | null;
              setOpen(true);
            }}
            onChange={(e) => type(e.target.value, isComposing(e.nativeEvent as InputEvent))}
            onCompositionEnd={(e) => type(e.currentTarget.value, false)}
            onKeyDown={onKeyDown}
          />
          {chord ? <Kbd>{chord.text}</Kbd> : null}
        </div>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className={css.popover}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={t("results")}
          onOpenAutoFocus={(e) => e.preventDefault()}
          onCloseAutoFocus={(e) => e.preventDefault()}
          onInteractOutside={(e) => {
            if (input.current?.contains(e.target as Node)) e.preventDefault();
          }}
        >
          <div id={`${id}-list`} role="listbox" aria-label={t("results")} className={`${css.list} scroll`}>
            {scopes.map((scope) => {
              const group = hits.filter((h) => scopeOf(h) === scope);
              if (group.length === 0) return null;
              return (
                <div key={scope} role="group" aria-label={t(`scope.${scope}`)}>
                  <p className="label" aria-hidden="true">
                    {t(`scope.${scope}`)}
                    {found.data?.more.includes(scope) ? <span> {t("more")}</span> : null}
                  </p>
                  {group.map((hit) => {
                    const i = hits.indexOf(hit);
                    return (
                      // biome-ignore lint/a11y/useKeyWithClickEvents: the field above answers to the keys
                      <div
                        key={keyOf(hit, i)}
                        id={`${id}-${i}`}
                        role="option"
                        tabIndex={-1}
                        aria-selected={hit === active}
                        data-testid="search-hit"
                        data-scope={scope}
                        className={hitCss.hit}
                        onMouseMove={() => setAt(i)}
                        onMouseDown={(e) => e.preventDefault()}
                        onClick={() => openHit(hit)}
                      >
                        <Hit hit={hit} looked={looked} silent={silent(caseOf(hit))} />
                      </div>
                    );
                  })}
                </div>
              );
            })}
          </div>
          <Problem error={follow.error} />
          {isLink && !follow.error ? <p className="faint pad">{t("followLink")}</p> : null}
          {found.error ? <Problem error={found.error} onRetry={() => void found.refetch()} /> : null}
          {found.data && hits.length === 0 && !isLink && !found.isFetching ? (
            <p className="faint pad" role="status">
              {t("none", { text: looked.trim() })}
            </p>
          ) : null}
          <Limits results={found.data} />
          <button type="button" className={css.all} onMouseDown={(e) => e.preventDefault()} onClick={openAll}>
            {t("all")}
            <Kbd>{t("allKey")}</Kbd>
          </button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
