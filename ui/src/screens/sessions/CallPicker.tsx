import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseId, CaseRow } from "../../ipc";
import { ipc } from "../../ipc";
import { keyName } from "../../keys/chord";
import { Problem } from "../../parts/Problem";
import { qk } from "../../records/queries";
import { isolated } from "../../text/bidi";
import { clock } from "../../text/format";
import { casesOf } from "../../things/case/queries";
import css from "./CallPicker.module.css";

/** Calls offered at a time; more are found by their words. */
const OFFERED = 50;

type Props = {
  chosen: readonly CaseId[];
  onChange: (chosen: CaseId[]) => void;
  /** Calls that are not offered. */
  except?: readonly CaseId[];
};

/** Calls of the library to tick, in the order they are to be heard. */
export function CallPicker({ chosen, onChange, except = [] }: Props) {
  const { t } = useTranslation("sessions");
  const [text, setText] = useState("");
  const words = useDeferredValue(text.trim());
  const query = casesOf({ text: words, limit: OFFERED });
  const found = useQuery({
    queryKey: qk.cases(query),
    queryFn: () => ipc.listCases(query),
    placeholderData: keepPreviousData,
  });
  const rows = (found.data?.rows ?? []).filter((row) => !except.includes(row.case.id));
  const left = (found.data?.total ?? 0) - (found.data?.rows.length ?? 0);
  const toggle = (id: CaseId) =>
    onChange(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id]);
  return (
    <div className={css.picker}>
      <input
        className="input"
        type="search"
        aria-label={t("pick.search")}
        placeholder={t("pick.search")}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={(e) => {
          // Enter looks for calls here; it does not send the form around it.
          if (keyName(e) === "Enter" && !e.ctrlKey && !e.metaKey) e.preventDefault();
        }}
      />
      <Problem error={found.error} />
      <ul className="scroll">
        {rows.map((row) => (
          <Offer key={row.case.id} row={row} at={chosen.indexOf(row.case.id)} onToggle={toggle} />
        ))}
      </ul>
      {found.data && rows.length === 0 ? (
        <p className="faint small pad">{t(words ? "pick.none" : "pick.empty")}</p>
      ) : null}
      {left > 0 ? <p className="faint small">{t("pick.more", { count: left })}</p> : null}
    </div>
  );
}

function Offer({ row, at, onToggle }: { row: CaseRow; at: number; onToggle: (id: CaseId) => void }) {
  const { t } = useTranslation("sessions");
  const c = row.case;
  const facts = [c.business_line, row.contact?.customer ?? ""].filter(Boolean).map(isolated).join(" ");
  return (
    <li>
      <label>
        <input type="checkbox" checked={at >= 0} onChange={() => onToggle(c.id)} />
        <span className={`${css.words} grow`}>
          <bdi>{c.title}</bdi>
          <span className="faint small">
            <bdi>{facts}</bdi> <span className="figures">{clock(row.duration_ms)}</span>
          </span>
        </span>
        {at >= 0 ? <span className="figures faint small">{t("pick.place", { at: at + 1 })}</span> : null}
      </label>
    </li>
  );
}
