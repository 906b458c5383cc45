import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { ObservationView } from "../../../ipc";
import { useChordLabel } from "../../../keys/labels";
import { PinFace, pinLook } from "../../../parts/MarkPin";
import { SectionHead } from "../../../parts/SectionHead";
import { wordKey } from "../../../parts/words";
import { isolated } from "../../../text/bidi";
import { clock } from "../../../text/format";
import { useObservations } from "../../../things/mark/useObservations";
import { useTagNames } from "../../../things/mark/useTagNames";
import { choose, momentOf, useDesk } from "../marks";
import css from "./MarkList.module.css";

/** What was marked so far, the newest first. */
export const MarkList = memo(function MarkList({ caseId }: { caseId: string }) {
  const { t } = useTranslation("live");
  const key = useChordLabel("mark.add")?.text;
  const marks = useObservations(caseId);
  const activeId = useDesk((s) => s.activeId);
  return (
    <section className={css.marks} aria-label={t("marks")}>
      <SectionHead title={t("marks")} level={3} note={marks.length > 0 ? marks.length : undefined} />
      {marks.length === 0 ? (
        <p className={`${css.none} label`}>{key ? t("noMarksKey", { key }) : t("noMarks")}</p>
      ) : (
        <ol className="scroll">
          {marks
            .map((view, i) => (
              <Row
                key={view.observation.id}
                view={view}
                number={i + 1}
                active={view.observation.id === activeId}
              />
            ))
            .reverse()}
        </ol>
      )}
    </section>
  );
});

function Row({ view, number, active }: { view: ObservationView; number: number; active: boolean }) {
  const { t } = useTranslation("live");
  const names = useTagNames();
  const { observation: o } = view;
  const tags = names(o.tags).map(isolated).join(t("listSeparator"));
  const words = o.text || tags || o.quote || t(wordKey("kind", o.kind), { ns: "common" });
  return (
    <li data-testid="mark-row" data-start={o.start_ms} aria-current={active || undefined}>
      <button type="button" className={css.mark} onClick={() => choose(o.id)} title={words}>
        <span {...pinLook({ kind: o.kind, active })} aria-hidden="true">
          <PinFace kind={o.kind} number={number} />
        </span>
        <span className={`${css.time} figures faint`}>{clock(momentOf(view))}</span>
        <bdi className="cut">{words}</bdi>
      </button>
    </li>
  );
}
