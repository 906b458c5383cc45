import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import css from "./Clash.module.css";

/** A field that somebody else wrote, too. */
export type Twice = { label?: string; theirs: string; mine: string };

type Props = { fields: readonly Twice[]; busy?: boolean; onTheirs: () => void; onMine: () => void };

/** Words that were written twice at once, side by side: neither goes unseen. */
export function Clash({ fields, busy = false, onTheirs, onMine }: Props) {
  const { t } = useTranslation();
  const side = (which: "theirs" | "mine") => (
    <>
      <span className="label">{t(`conflict.${which}`)}</span>
      {fields.map((field) => (
        <p key={field.label ?? ""}>
          {field.label === undefined ? null : <span className="faint">{field.label} </span>}
          <bdi>{field[which] || t("conflict.empty")}</bdi>
        </p>
      ))}
    </>
  );
  return (
    <div className={css.clash} role="group" aria-label={t("conflict.title")}>
      <p className="is-warning" role="alert">
        {t("conflict.title")}
      </p>
      <div className={css.sides}>
        <div>
          {side("theirs")}
          <Button size="small" onClick={onTheirs}>
            {t("conflict.keepTheirs")}
          </Button>
        </div>
        <div>
          {side("mine")}
          <Button size="small" tone="primary" disabled={busy} onClick={onMine}>
            {t("conflict.keepMine")}
          </Button>
        </div>
      </div>
    </div>
  );
}
