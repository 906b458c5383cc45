import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { LiveStatus } from "../ipc";
import { Button } from "../parts/Button";
import { Icon } from "../parts/Icon";
import { useErrorWords } from "../parts/words";
import { clock } from "../text/format";
import { dismissOver, useLive } from "../things/live/call";
import css from "./OverNotice.module.css";

/** A call ended that nobody ended at this window: why, and what was kept. */
export function OverNotice() {
  const { t } = useTranslation("live");
  const [, go] = useLocation();
  const words = useErrorWords();
  const over = useLive((s) => s.over);
  if (!over) return null;
  const { status, note } = over;
  return (
    <div className={css.notice} role="status" data-testid="live-over" data-code={note?.code}>
      <Icon name={note ? "warn" : "check"} size="small" />
      <p className="grow">
        <b>{t("overTitle")}</b>
        {note && <span>{words(note)}</span>}
        <span>{t(`over${kept(status)}`, { time: clock(status.kept_ms ?? status.position_ms) })}</span>
      </p>
      <Button
        size="small"
        onClick={() => {
          dismissOver();
          go(`/case/${status.case.id}`);
        }}
      >
        {t("overOpen")}
      </Button>
      <Button size="small" tone="ghost" icon="x" label={t("close", { ns: "common" })} onClick={dismissOver} />
    </div>
  );
}

function kept({ call }: LiveStatus): "Sound" | "Text" | "Clock" {
  if (call.mode === "record") return "Sound";
  return call.mode === "text_only" ? "Text" : "Clock";
}
