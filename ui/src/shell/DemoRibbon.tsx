import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useEntering } from "../app/places";
import { asNote } from "../ipc";
import { Button } from "../parts/Button";
import { ErrorNote } from "../parts/states";
import { useWorkspace } from "../screens/issues/queries";

/** Says on every screen that this is the demo, and gets one out of it. A row of its own, so nothing under it moves. */
export function DemoRibbon() {
  const { t } = useTranslation();
  const { data } = useWorkspace();
  const { go, through, stuck, dismiss } = useEntering();
  // What is only read says so in this row.
  if (!data?.is_demo || data.only_read) return null;
  return (
    <aside className="demo-ribbon" aria-label={t("demoBar")} data-testid="demo-ribbon" data-region>
      <p>
        <b>{t("demo")}</b>
        <i className="dot" />
        {t("demoMeans")}
      </p>
      <Link href="/settings/models" className="link">
        {t("demoOwnCalls")}
      </Link>
      <span className="demo-ways">
        <Button
          size="s"
          label={t("demoResetHint")}
          disabled={through !== null}
          data-testid="demo-reset"
          onClick={() => go("reset")}
        >
          {t(through === "reset" ? "demoResetting" : "demoReset")}
        </Button>
        <Button
          size="s"
          label={t("demoLeaveHint")}
          disabled={through !== null}
          data-testid="demo-leave"
          onClick={() => go("leave")}
        >
          {t(through === "leave" ? "demoLeaving" : "demoLeave")}
        </Button>
      </span>
      {stuck ? (
        <div className="demo-stuck">
          <ErrorNote
            note={asNote(stuck.error)}
            action={{ label: t("retry"), run: () => go(stuck.door) }}
            onDismiss={dismiss}
          />
        </div>
      ) : null}
    </aside>
  );
}
