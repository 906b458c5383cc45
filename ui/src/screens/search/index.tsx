import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import type { SearchScope } from "../../ipc";
import { isComposing } from "../../keys/chord";
import { Icon } from "../../parts/Icon";
import { ListPage } from "../../parts/ListScreen";
import { sectionHead } from "../../parts/SectionHead";
import { Seg } from "../../parts/Seg";
import { EmptyState } from "../../parts/states";
import { walkRows } from "../../parts/walkRows";
import { useTrail } from "../../seat/crumbs";
import { useSoundlessCase } from "../../things/live/soundless";
import { Hit } from "./Hit";
import hitCss from "./Hit.module.css";
import { Limits } from "./Limits";
import css from "./Search.module.css";
import { caseOf, keyOf, pathOf, scopeOf, scopes, useSearchHits } from "./useSearchHits";

type Wanted = SearchScope | "any";

/** Everything that was found, with room to read. */
export default function Search() {
  const { t } = useTranslation("search");
  const [params, setParams] = useSearchParams();
  const asked = params.get("q") ?? "";
  const [text, setText] = useState(asked);
  const [looked, setLooked] = useState(asked);
  const [wanted, setWanted] = useState<Wanted>("any");
  const input = useRef<HTMLInputElement>(null);
  useTrail(t("title"));
  useEffect(() => {
    setText(asked);
    setLooked(asked);
  }, [asked]);
  useEffect(() => input.current?.focus(), []);
  const found = useSearchHits(looked, wanted === "any" ? [] : [wanted], wanted === "any" ? 20 : 100);
  const silent = useSoundlessCase();
  const empty = looked.trim() === "";
  const groups = scopes
    .map((scope) => ({
      scope,
      hits: empty ? [] : (found.data?.hits.filter((h) => scopeOf(h) === scope) ?? []),
    }))
    .filter((g) => g.hits.length > 0 && (wanted === "any" || wanted === g.scope));
  const filter = (
    <>
      <span className={`${css.field} find`}>
        <Icon name="search" size="small" />
        <input
          ref={input}
          type="search"
          data-testid="search-page-input"
          aria-label={t("label")}
          placeholder={t("placeholder")}
          value={text}
          onChange={(e) => {
            setText(e.target.value);
            if (!isComposing(e.nativeEvent as InputEvent)) setLooked(e.target.value);
          }}
          onCompositionEnd={(e) => setLooked(e.currentTarget.value)}
          onBlur={() => text !== asked && setParams({ q: text }, { replace: true })}
        />
      </span>
      <Seg<Wanted>
        label={t("where")}
        value={wanted}
        onChange={setWanted}
        options={[
          { value: "any", label: t("scope.any") },
          ...scopes.map((value) => ({ value, label: t(`scope.${value}`) })),
        ]}
      />
    </>
  );
  const nothing = empty ? (
    <EmptyState icon="search" title={t("emptyTitle")} hint={t("emptyHint")} />
  ) : found.data && groups.length === 0 && !found.isFetching ? (
    <EmptyState icon="search" title={t("none", { text: looked.trim() })} hint={t("noneHint")} />
  ) : null;
  return (
    <ListPage
      filter={filter}
      notes={empty ? null : <Limits results={found.data} />}
      error={found.error}
      onRetry={() => void found.refetch()}
      empty={nothing}
    >
      <div role="group" aria-label={t("results")} onKeyDown={walkRows}>
        {groups.map(({ scope, hits }) => (
          <section key={scope} className={css.group} aria-label={t(`scope.${scope}`)}>
            <div {...sectionHead}>
              <h2>{t(`scope.${scope}`)}</h2>
              <span className="faint">
                {t("count", { count: hits.length })}
                {found.data?.more.includes(scope) ? ` ${t("more")}` : null}
              </span>
            </div>
            <ul>
              {hits.map((hit, i) => (
                <li key={keyOf(hit, i)} data-index={i}>
                  <Link
                    href={pathOf(hit)}
                    className={hitCss.hit}
                    data-rowlink
                    data-testid="search-hit"
                    data-scope={scope}
                  >
                    <Hit hit={hit} looked={looked} silent={silent(caseOf(hit))} />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </ListPage>
  );
}
