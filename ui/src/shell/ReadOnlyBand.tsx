import { useTranslation } from "react-i18next";
import { Band } from "../parts/Band";
import { Button } from "../parts/Button";
import { useErrorWords } from "../parts/words";
import { useEntering } from "../seat/doors";
import { useWorkspace } from "../seat/workspace";
import { troubleOf } from "./trouble";

/** Says that this workspace is only read, why, and how to go on in it. In the row of the demo's. */
export function ReadOnlyBand() {
  const { t } = useTranslation();
  const words = useErrorWords();
  const { data } = useWorkspace();
  const entering = useEntering();
  const { go, through } = entering;
  // What nobody called theirs yet says so in its own band.
  if (!data?.only_read || data.only_read.code === "workspace.quiet") return null;
  const copy = (
    <Button
      size="small"
      label={t("copyHereHint")}
      disabled={through !== null}
      data-testid="copy-here"
      onClick={() => go("copy")}
    >
      {t(through === "copy" ? "copyHereWorking" : "copyHere")}
    </Button>
  );
  return (
    <Band
      label={t("readOnlyBar")}
      testId="read-only-band"
      tone="info"
      head={t("readOnly")}
      ways={copy}
      trouble={troubleOf(entering)}
    >
      <span>{words(data.only_read)}</span>
    </Band>
  );
}
