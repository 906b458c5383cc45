import { useTranslation } from "react-i18next";
import type { FactsPlan } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { SectionHead } from "../../../parts/SectionHead";
import { Seg } from "../../../parts/Seg";
import { clock } from "../../../text/format";
import { doubtOf, isInDoubt, type PlanRow } from "../../../things/case/import/plan";
import { decide, decideOf, useImport } from "../../../things/case/import/store";
import css from "./Side.module.css";
import { countOf, type Shown } from "./shown";
import { usePlaceWords, useValueWords } from "./words";

/** Of a kind so many are shown beside; all of them stand in the list. */
const most = 8;

interface Props {
  plan: FactsPlan;
  rows: PlanRow[];
  onShow: (shown: Shown) => void;
}

/** What somebody has to look at, and what becomes of the rest. */
export function Side({ plan, rows, onShow }: Props) {
  const { t } = useTranslation("imports");
  const count = countOf(plan, rows, "decide");
  return (
    <aside className={`${css.side} scroll`} aria-label={t("side.name")} data-region>
      <section>
        <SectionHead title={t("side.decide", { count })}>
          {rows.some(isInDoubt) ? (
            <Button size="small" tone="ghost" onClick={() => onShow("decide")}>
              {t("side.list")}
            </Button>
          ) : null}
        </SectionHead>
        {count === 0 ? <p className="faint pad">{t("side.nothing")}</p> : null}
        <Contradictions plan={plan} rows={rows} />
        <Lengths rows={rows} />
        <Undecided plan={plan} />
      </section>
      <Rest plan={plan} rows={rows} onShow={onShow} />
    </aside>
  );
}

/** Rows of one call that say otherwise: which of them counts is said for all, or of a fact by itself. */
function Contradictions({ plan, rows }: { plan: FactsPlan; rows: PlanRow[] }) {
  const { t } = useTranslation("imports");
  const counts = useImport((s) => s.draft.counts);
  const value = useValueWords();
  const place = usePlaceWords(plan);
  const said = rows.filter((row) => isInDoubt(row) && row.call.contradictions.length > 0);
  if (said.length === 0) return null;
  return (
    <div className={css.kind} data-testid="plan-contradictions">
      <div className="row">
        <h3 className="grow">{t("side.contradictions", { count: said.length })}</h3>
        <Seg
          small
          label={t("counts.label")}
          value={counts}
          onChange={(next) => decide({ counts: next })}
          options={(["last", "first"] as const).map((one) => ({ value: one, label: t(`counts.${one}`) }))}
        />
      </div>
      <ul>
        {said.slice(0, most).map(({ key, title, call, decided }) => (
          <li key={key}>
            <b>
              <bdi>{title}</bdi>
            </b>
            {call.contradictions.map((one) => {
              const stands = decided[one.key] ?? (counts === "last" ? one.said.length - 1 : 0);
              return (
                <fieldset key={one.key} className={css.two}>
                  <legend>{t(`fact.${one.key}`)}</legend>
                  {one.said.map(([it, origin], i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a value has no identity but its order
                    <label key={i} data-counts={i === stands ? "" : undefined}>
                      <input
                        type="radio"
                        className="unseen"
                        name={doubtOf(key, one.key)}
                        checked={i === stands}
                        onChange={() => decideOf(doubtOf(key, one.key), origin)}
                      />
                      <bdi>{value(it)}</bdi>
                      <small className="faint">{place(origin)}</small>
                    </label>
                  ))}
                </fieldset>
              );
            })}
          </li>
        ))}
      </ul>
      <More count={said.length} />
    </div>
  );
}

/** A told length that cannot be that of the sound: both are shown, and the sound is what it is. */
function Lengths({ rows }: { rows: PlanRow[] }) {
  const { t } = useTranslation("imports");
  const apart = rows.filter((row) => isInDoubt(row) && row.call.lengths_apart !== null);
  if (apart.length === 0) return null;
  return (
    <div className={css.kind} data-testid="plan-lengths">
      <h3>{t("side.lengths", { count: apart.length })}</h3>
      <ul>
        {apart.slice(0, most).map(({ key, title, call }) => (
          <li key={key}>
            <b>
              <bdi>{title}</bdi>
            </b>
            <dl className={css.two}>
              <dt>{t("apart.title")}</dt>
              <dd data-counts="">
                <span className="figures">{clock(call.lengths_apart?.sound_ms ?? 0)}</span>
                <small className="faint">{t("apart.sound")}</small>
              </dd>
              <dd>
                <span className="figures">{clock(call.lengths_apart?.told_ms ?? 0)}</span>
                <small className="faint">{t("apart.told")}</small>
              </dd>
            </dl>
          </li>
        ))}
      </ul>
      <More count={apart.length} />
    </div>
  );
}

/** Facts that fit several calls alike: none of them gets them. */
function Undecided({ plan }: { plan: FactsPlan }) {
  const { t } = useTranslation("imports");
  const place = usePlaceWords(plan);
  if (plan.undecided_count === 0) return null;
  const titles = (fits: number[]) => fits.map((at) => plan.calls[at]?.title ?? "").join(t("and"));
  return (
    <div className={css.kind} data-testid="plan-undecided">
      <h3>{t("side.undecided", { count: plan.undecided_count })}</h3>
      <p className="faint small">{t("side.undecidedHint")}</p>
      <ul>
        {plan.undecided.slice(0, most).map((loose, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its order
          <li key={i}>
            <bdi>{place(loose.origin)}</bdi>
            <p className="small faint">
              <bdi>{titles(loose.fits)}</bdi>
            </p>
          </li>
        ))}
      </ul>
      <More count={plan.undecided_count} />
    </div>
  );
}

function More({ count }: { count: number }) {
  const { t } = useTranslation("imports");
  return count > most ? <p className="faint small">{t("side.more", { count: count - most })}</p> : null;
}

const others = ["loose", "later", "here", "sound", "left", "unreadable", "passed"] as const;

function Rest({ plan, rows, onShow }: Props) {
  const { t } = useTranslation("imports");
  const there = others.filter((what) => countOf(plan, rows, what) > 0);
  if (there.length === 0) return null;
  return (
    <section>
      <SectionHead title={t("rest.title")} />
      <ul className={css.rest}>
        {there.map((what) => {
          const count = countOf(plan, rows, what);
          return (
            <li key={what}>
              <b className="figures">{count}</b>
              <span>
                {t(`ledger.${what}`, { count })}
                <small className="faint">{t(`rest.${what}`)}</small>
              </span>
              <Button
                size="small"
                tone="ghost"
                aria-label={t(`rest.look.${what}`)}
                onClick={() => onShow(what)}
              >
                {t("rest.look")}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
