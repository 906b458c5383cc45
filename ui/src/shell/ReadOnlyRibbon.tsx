import { useTranslation } from "react-i18next";
import { useEntering } from "../app/places";
import { asNote } from "../ipc";
import { Button } from "../parts/Button";
import { ErrorNote } from "../parts/states";
import { useErrorWords } from "../parts/words";
import { useWorkspace } from "../screens/issues/queries";

/** Says on every screen that this workspace is only read, why, and how to go on in it. In the row of the demo's. */
export function ReadOnlyRibbon() {
  const { t } = useTranslation();
  const words = useErrorWords();
  const { data } = useWorkspace();
  const { go, through, stuck, dismiss } = useEntering();
  if (!data?.only_read) return null;
  return (
    <aside className="demo-ribbon" aria-label={t("readOnlyBar")} data-testid="read-only-ribbon" data-region>
      <p>
        <b>{t("readOnly")}</b>
        <i className="dot" />
        {words(data.only_read)}
      </p>
      <span className="demo-ways">
        <Button
          size="s"
          label={t("copyHereHint")}
          disabled={through !== null}
          data-testid="copy-here"
          onClick={() => go("copy")}
        >
          {t(through === "copy" ? "copyHereWorking" : "copyHere")}
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
