import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { asNote, type CaseView, ipc, type Transcript } from "../../ipc";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { Menu, MenuItem } from "../../parts/Menu";
import { qk } from "../../records/queries";
import { useWithheld } from "../../records/withheld";
import { clock, dayTime } from "../../text/format";
import css from "./notices.module.css";
import { report } from "./store";

const choose = (text: Transcript) =>
  void ipc.chooseTranscript({ id: text.id, rev: text.rev }).catch((thrown) => report(asNote(thrown)));

const measures = (text: Transcript) => ({
  heard: clock(text.heard_ms),
  doubtful: text.doubtful,
  lines: text.lines,
});

/** A text that came later and may be the poorer one, beside the one that is read, and the choice between them. */
export function TextBeside({ view }: { view: CaseView }) {
  const { t } = useTranslation("console");
  const why = useWithheld()("transcript.choose");
  const beside = view.texts.find((text) => text.standing === "beside");
  const shown = view.texts.find((text) => text.standing === "shown");
  if (!beside || !shown) return null;
  const now = measures(shown);
  return (
    <p className={css.notice} role="status" data-testid="text-beside">
      <Icon name="text" size="tiny" />
      <span>{t("besideMeans", { ...measures(beside), nowHeard: now.heard, nowDoubtful: now.doubtful })}</span>
      <Button size="small" why={why} label={t("besideHint")} onClick={() => choose(beside)}>
        {t("besideTake")}
      </Button>
      <Button size="small" tone="ghost" why={why} onClick={() => choose(shown)}>
        {t("besideKeep")}
      </Button>
    </p>
  );
}

/** The texts of a call where there are several, what made each, and the way to another one. */
export function Texts({ texts }: { texts: Transcript[] }) {
  const { t } = useTranslation("console");
  const why = useWithheld()("transcript.choose");
  const several = texts.length > 1;
  const { data: models } = useQuery({
    queryKey: qk.models,
    queryFn: () => ipc.listModels(),
    enabled: several,
  });
  const named = (model: string) => models?.find((m) => m.id === model)?.name ?? model;
  if (!several) return null;
  return (
    <Menu
      why={why}
      trigger={
        <Button size="small" tone="ghost" label={t("textsHint")} data-testid="text-origin">
          {t("textsOf", { count: texts.length })}
        </Button>
      }
    >
      {texts.map((text) => (
        <MenuItem
          key={text.id}
          checked={text.standing === "shown"}
          disabled={text.standing === "shown"}
          onSelect={() => choose(text)}
        >
          {t("textOf", {
            ...measures(text),
            by: named(text.model) || t(text.engine === "live" ? "textByLive" : "textByUnknown"),
            at: dayTime(text.ended_at),
          })}
        </MenuItem>
      ))}
    </Menu>
  );
}
