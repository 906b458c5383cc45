import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { FactsPlan } from "../../../ipc";
import { isComposing } from "../../../keys/chord";
import { Button } from "../../../parts/Button";
import { Chip } from "../../../parts/Chip";
import type { RowPlace } from "../../../parts/VirtualTable";
import { VoiceLabel } from "../../../parts/VoiceLabel";
import { shownPath } from "../../../text/path";
import { fileName, isHere, isInDoubt, type PlanRow } from "../../../things/case/import/plan";
import { decide, useImport } from "../../../things/case/import/store";
import css from "./CallRows.module.css";
import { Told } from "./Told";
import { useKnown } from "./words";

type Props = RowPlace & { row: PlanRow; plan: FactsPlan; isOpen: boolean; onOpen: () => void };

/** A call of the plan. Enter on its title shows all that is told of it. */
export function CallRow({ row, plan, index, measure, isOpen, onOpen }: Props) {
  const { t } = useTranslation("imports");
  const known = useKnown();
  const titles = useImport((s) => s.draft.titles);
  const { call, files, isWhole } = row;
  const said = (key: "began_at" | "agent" | "queue") =>
    (isWhole && known(call.known, key)) || <span className="faint">—</span>;
  const customer = isWhole ? (known(call.known, "customer") ?? known(call.known, "number")) : null;
  const onKeyDown = (e: KeyboardEvent) => {
    if (e.key === "Enter" && !isComposing(e.nativeEvent)) onOpen();
  };
  return (
    <tr
      ref={measure}
      data-index={index}
      data-testid="plan-row"
      data-left={row.comes ? undefined : ""}
      aria-rowindex={index + 2}
    >
      <td className={css.call}>
        <input
          className="input"
          data-rowlink
          aria-label={t("calls.titleOf", { name: fileName(files[0]?.path ?? "") })}
          value={row.title}
          onKeyDown={onKeyDown}
          onChange={(e) => decide({ titles: { ...titles, [row.key]: e.target.value } })}
        />
        {files.map(({ at, path }, i) => (
          <p key={at} className={`${css.file} small faint`}>
            {files.length === 2 ? <VoiceLabel role={i === 0 ? "agent" : "customer"} /> : null}
            <span className="cut" title={shownPath(path)}>
              {fileName(path)}
            </span>
          </p>
        ))}
        {isOpen ? <Told row={row} plan={plan} /> : null}
      </td>
      <td className="figures">{said("began_at")}</td>
      <td>{customer ? <bdi>{customer}</bdi> : <span className="faint">—</span>}</td>
      <td>
        <bdi>{said("agent")}</bdi>
      </td>
      <td data-wide>
        <bdi>{said("queue")}</bdi>
      </td>
      <td>
        <State row={row} plan={plan} />
      </td>
      <td className={css.ways}>
        <Ways row={row} isOpen={isOpen} onOpen={onOpen} />
      </td>
    </tr>
  );
}

function State({ row, plan }: { row: PlanRow; plan: FactsPlan }) {
  const { t } = useTranslation("imports");
  const { call } = row;
  if (isHere(row)) {
    const first = call.same_as === null ? undefined : plan.calls[call.same_as];
    return call.already && !call.already.in_bin ? (
      <Link className="link" href={`/case/${call.already.case_id}`}>
        {t("state.here")}
      </Link>
    ) : (
      <Chip tone="line" title={first?.title}>
        {t(call.already ? "state.inBin" : "state.twice")}
      </Chip>
    );
  }
  if (isInDoubt(row)) return <Chip tone="warn">{t("state.doubt")}</Chip>;
  const told = row.isWhole ? call.from.length : 0;
  return told > 0 ? (
    <span className="figures">{t("state.told", { count: told })}</span>
  ) : (
    <span className="faint">{t("state.sound")}</span>
  );
}

function Ways({ row, isOpen, onOpen }: { row: PlanRow; isOpen: boolean; onOpen: () => void }) {
  const { t } = useTranslation("imports");
  const { split, left, also } = useImport((s) => s.draft);
  const without = <T extends object>(all: T, key: string) =>
    Object.fromEntries(Object.entries(all).filter(([one]) => one !== key));
  return (
    <span className="row">
      {row.isWhole && row.call.from.length > 0 ? (
        <Button
          size="small"
          tone="ghost"
          icon={isOpen ? "up" : "down"}
          label={t("calls.open")}
          aria-expanded={isOpen}
          onClick={onOpen}
        />
      ) : null}
      {row.files.length === 2 && row.comes ? (
        <Button
          size="small"
          icon="cut"
          aria-label={t("calls.split")}
          label={t("calls.split")}
          onClick={() => decide({ split: { ...split, [row.key]: true } })}
        />
      ) : null}
      {row.comes ? (
        <Button
          size="small"
          tone="ghost"
          icon="x"
          label={t("calls.leaveOut")}
          onClick={() =>
            isHere(row)
              ? decide({ also: without(also, row.key) as typeof also })
              : decide({ left: { ...left, [row.key]: true } })
          }
        />
      ) : (
        <Button
          size="small"
          onClick={() =>
            isHere(row)
              ? decide({ also: { ...also, [row.key]: true } })
              : decide({ left: without(left, row.key) as typeof left })
          }
        >
          {t(isHere(row) ? "calls.also" : "calls.takeBack")}
        </Button>
      )}
    </span>
  );
}
