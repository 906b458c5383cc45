import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { asNote, onEvent, type Ticket } from "../../ipc";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { sectionHead } from "../../parts/SectionHead";
import { ErrorNote } from "../../parts/states";
import { useErrorWords } from "../../parts/words";
import { playerState, usePlayer } from "../../player/clock";
import { useWithheld } from "../../records/withheld";
import { closeImport, followImports, hideBatch, planImport, useImport } from "../../things/case/import/store";
import { BatchSheet } from "./BatchSheet";
import css from "./ImportHost.module.css";

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
      <Brought ticket={ticket} />
      {/* Not modal: a call may be playing. It stands at the right and leaves the player in reach. */}
      <Dialog.Root open={shown !== null} onOpenChange={(next) => !next && hideBatch()} modal={false}>
        <Dialog.Portal>
          <Dialog.Content
            className={css.sheet}
            aria-describedby={undefined}
            data-testid="import-sheet"
            onInteractOutside={(e) => e.preventDefault()}
          >
            <div {...sectionHead}>
              <Dialog.Title>{t("batch.title")}</Dialog.Title>
              <span className="grow" />
              <Dialog.Close asChild>
                <Button tone="ghost" size="small" icon="x" label={common("close")} />
              </Dialog.Close>
            </div>
            {batch ? <BatchSheet batch={batch} /> : null}
            {shown !== null && !batch ? <p className="faint">{common("loading")}</p> : null}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  );
}

/**
 * What was brought is looked at on a screen of its own. Leaving a call stops it, so while one plays what was brought
 * waits until somebody goes there; and it waits for whoever left that screen.
 */
function Brought({ ticket }: { ticket: Ticket | null }) {
  const { t } = useTranslation("imports");
  const { t: common } = useTranslation();
  const [path, go] = useLocation();
  const [waits, setWaits] = useState<Ticket | null>(null);
  const plays = usePlayer((p) => p.playing && p.clip === null);
  useEffect(() => {
    const { playing, clip } = playerState();
    if (ticket === null) return;
    if (playing && clip === null) setWaits(ticket);
    else go("/import");
  }, [ticket, go]);
  useEffect(() => {
    if (path === "/import") setWaits(ticket);
  }, [path, ticket]);
  if (ticket === null || waits !== ticket || path === "/import") return null;
  return (
    <div className={css.waits} role="status" data-testid="import-waits">
      <Icon name="import" />
      <span className="grow">
        {t("waits.title")} {plays ? <span className="faint">{t("waits.hint")}</span> : null}
      </span>
      <Button size="small" onClick={() => go("/import")}>
        {t("waits.look")}
      </Button>
      <Button size="small" tone="ghost" icon="x" label={common("close")} onClick={closeImport} />
    </div>
  );
}
