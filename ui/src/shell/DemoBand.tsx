import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Band } from "../parts/Band";
import { Button } from "../parts/Button";
import { useEntering } from "../seat/doors";
import { useWorkspace } from "../seat/workspace";
import { troubleOf } from "./trouble";

/** Says that this is the demo, and gets one out of it. */
export function DemoBand() {
  const { t } = useTranslation();
  const { data } = useWorkspace();
  const entering = useEntering();
  const { go, through } = entering;
  // What is only read says so in this row.
  if (!data?.is_demo || data.only_read) return null;
  const ways = (
    <>
      <Button
        size="small"
        label={t("demoResetHint")}
        disabled={through !== null}
        data-testid="demo-reset"
        onClick={() => go("reset")}
      >
        {t(through === "reset" ? "demoResetting" : "demoReset")}
      </Button>
      <Button
        size="small"
        label={t("demoLeaveHint")}
        disabled={through !== null}
        data-testid="demo-leave"
        onClick={() => go("leave")}
      >
        {t(through === "leave" ? "demoLeaving" : "demoLeave")}
      </Button>
    </>
  );
  return (
    <Band
      label={t("demoBar")}
      testId="demo-band"
      tone="info"
      head={t("demo")}
      ways={ways}
      trouble={troubleOf(entering)}
    >
      <span>{t("demoMeans")}</span>
      <Link href="/settings/models" className="link">
        {t("demoOwnCalls")}
      </Link>
    </Band>
  );
}
