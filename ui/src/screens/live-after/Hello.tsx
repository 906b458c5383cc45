import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AlignView, ipc, type Recording } from "../../ipc";
import { Button } from "../../parts/Button";
import { Problem } from "../../parts/Problem";
import { SectionHead } from "../../parts/SectionHead";
import { onFrameOf, positionOf } from "../../player/clock";
import { clock, clockTenths } from "../../text/format";
import css from "./Hello.module.css";
import { isGreeting, ofCandidate, type SessionMark, type Target, wordsOf } from "./target";

type Props = {
  view: AlignView;
  marks: SessionMark[];
  recording: Recording;
  onFound: (target: Target) => void;
};

/** One moment that both know: somebody marked the hello, and it is heard in the recording. */
export function Hello({ view, marks, recording, onFound }: Props) {
  const { t } = useTranslation("align");
  const greeting = marks.find(isGreeting) ?? marks[0];
  const [chosen, setChosen] = useState(greeting?.view.observation.id ?? "");
  const here = useRef<HTMLSpanElement>(null);
  const find = useMutation({
    mutationFn: (heard_ms: number | null) =>
      ipc.alignByHello({
        call_id: view.call.id,
        recording_id: recording.id,
        observation_id: chosen,
        heard_ms,
      }),
    onSuccess: (found) => onFound(ofCandidate(found)),
  });
  useEffect(
    () =>
      onFrameOf(recording.id, (at) => {
        const text = t("helloHere", { time: clockTenths(at) });
        if (here.current && here.current.textContent !== text) here.current.textContent = text;
      }),
    [recording.id, t],
  );
  return (
    <section className={css.hello} aria-label={t("hello")}>
      <SectionHead title={t("hello")} level={3} />
      <p className="faint small">{t("helloHint")}</p>
      <label className="field">
        <span className="label">{t("helloMark")}</span>
        <select
          className={`${css.choice} drop-down`}
          value={chosen}
          onChange={(e) => setChosen(e.target.value)}
        >
          {marks.map((m) => (
            <option key={m.view.observation.id} value={m.view.observation.id}>
              {`${m.number}  ${clock(m.startMs)}  ${wordsOf(m) || t("pinWordless")}`}
            </option>
          ))}
        </select>
      </label>
      <div className={`${css.ways} row`}>
        <Button
          size="small"
          disabled={find.isPending}
          data-testid="align-hello"
          onClick={() => find.mutate(null)}
        >
          {t("helloFirst")}
        </Button>
        <Button
          size="small"
          disabled={find.isPending}
          data-testid="align-hello-here"
          onClick={() => find.mutate(Math.round(positionOf(recording.id)))}
        >
          <span ref={here} className="figures" />
        </Button>
      </div>
      <Problem error={find.error} />
    </section>
  );
}
