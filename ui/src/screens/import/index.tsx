import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { asNote, onEvent } from "../../ipc";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { sectionHead } from "../../parts/SectionHead";
import { ErrorNote } from "../../parts/states";
import { useErrorWords } from "../../parts/words";
import { useWithheld } from "../../records/withheld";
import { closeImport, followImports, planImport, useImport } from "../../things/case/import/store";
import { BatchSheet } from "./BatchSheet";
import css from "./ImportHost.module.css";
import { PlanSheet } from "./PlanSheet";

/** Bringing calls in: mounted once by the shell, so that files can be dropped on any screen. */
export default function ImportHost() {
  const { t } = useTranslation("library");
  const { t: common } = useTranslation();
  const { ticket, shown, batches, error } = useImport();
  const [over, setOver] = useState(false);
  const words = useErrorWords();
  const why = useWithheld()("case.import");
  useEffect(() => followImports(), []);
  useEffect(
    () =>
      onEvent((event) => {
        if (event.type === "dragged") setOver(event.over);
        if (event.type !== "dropped") return;
        setOver(false);
        if (why) useImport.setState({ error: why });
        else planImport(event.ticket);
      }),
    [why],
  );
  const batch = batches.find((b) => b.id === shown);
  const open = ticket !== null || shown !== null;
  return (
    <>
      {over ? (
        <div className={css.drop} aria-hidden="true">
          <div>
            <Icon name={why ? "lock" : "import"} size="large" />
            <p>{why ? words(why) : t("drop.here")}</p>
            {why ? null : <p className={`${css.formats} faint`}>{t("drop.formats")}</p>}
          </div>
        </div>
      ) : null}
      {error ? (
        <div className={css.error}>
          <ErrorNote note={asNote(error)} onDismiss={() => useImport.setState({ error: null })} />
        </div>
      ) : null}
      {/* Not modal: a call may be playing. It stands at the right and leaves the player in reach. */}
      <Dialog.Root open={open} onOpenChange={(next) => !next && closeImport()} modal={false}>
        <Dialog.Portal>
          <Dialog.Content
            className={css.sheet}
            aria-describedby={undefined}
            data-testid="import-sheet"
            onInteractOutside={(e) => e.preventDefault()}
          >
            <div {...sectionHead}>
              <Dialog.Title>{t(ticket !== null ? "plan.title" : "batch.title")}</Dialog.Title>
              <span className="grow" />
              <Dialog.Close asChild>
                <Button tone="ghost" size="small" icon="x" label={common("close")} />
              </Dialog.Close>
            </div>
            {ticket !== null ? <PlanSheet key={ticket} ticket={ticket} /> : null}
            {batch ? <BatchSheet batch={batch} /> : null}
            {shown !== null && !batch ? <p className="faint">{common("loading")}</p> : null}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  );
}
