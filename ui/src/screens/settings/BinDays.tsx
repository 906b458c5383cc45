import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { BIN_DAYS } from "../../ipc/generated/limits";
import { Problem } from "../../parts/Problem";
import { WithheldFields } from "../../parts/WithheldFields";
import { useSettings } from "../../records/useSettings";
import { useWithheld } from "../../records/withheld";

/** How many days a call stays in the bin at least. Saved when the field is left. */
export function BinDays() {
  const { t } = useTranslation("settings");
  const { settings, save, error } = useSettings();
  const why = useWithheld()("settings.edit");
  const hint = useId();
  const [text, setText] = useState("");
  const stored = settings?.bin_days;
  useEffect(() => setText(stored === undefined ? "" : String(stored)), [stored]);
  const days = Number(text);
  const fits = Number.isInteger(days) && days >= BIN_DAYS.least && days <= BIN_DAYS.most;
  const keep = () => {
    if (!fits) setText(String(stored ?? ""));
    else if (days !== stored) void save({ bin_days: days });
  };
  return (
    <>
      <Problem error={error} />
      <WithheldFields why={why}>
        <span className="row">
          <input
            className="input figures"
            type="number"
            min={BIN_DAYS.least}
            max={BIN_DAYS.most}
            aria-label={t("workspace.binDays")}
            aria-invalid={!fits}
            aria-describedby={hint}
            value={text}
            onChange={(e) => setText(e.target.value)}
            onBlur={keep}
            onKeyDown={(e) => {
              if (e.key === "Enter") keep();
            }}
          />
          <Link className="link nowrap" href="/bin">
            {t("workspace.binOpen")}
          </Link>
        </span>
      </WithheldFields>
      <span id={hint} className="faint small">
        {t("workspace.binHint", BIN_DAYS)}
      </span>
    </>
  );
}
