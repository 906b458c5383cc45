import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { enter } from "../app/enter";
import { dateTimeText } from "../app/format";
import { qk } from "../app/queries";
import type { CopyRow, ErrorNote } from "../ipc";
import { ipc } from "../ipc";
import { Button } from "./Button";
import { Chip } from "./Chip";
import { Problem } from "./Problem";
import { SectionHead } from "./SectionHead";

/** A database that going back to a copy can help. */
export const isHurt = (note: ErrorNote) => ["workspace.damaged", "workspace.unusable"].includes(note.code);

/** The way back: copies of the database, and, where it is hurt, what can still be read of it. */
export function Rescue({ hurt = false }: { hurt?: boolean }) {
  const { t } = useTranslation();
  const copies = useQuery({ queryKey: qk.copies, queryFn: () => ipc.listCopies(), staleTime: 0, gcTime: 0 });
  const [asked, setAsked] = useState<string | null>(null);
  const back = useMutation({
    mutationFn: (name: string) => ipc.restoreCopy(name),
    onSuccess: (p) => enter(p),
  });
  const busy = back.isPending || back.isSuccess;
  return (
    <section aria-label={t("copies")} data-testid="rescue">
      <SectionHead level={3} title={t("copies")} note={t("copiesMeans")} />
      <Problem error={copies.error} onRetry={() => void copies.refetch()} />
      {copies.data?.length === 0 ? <p className="dim">{t("copiesNone")}</p> : null}
      <ul className="st-list">
        {copies.data?.map((copy) => (
          <li key={copy.name}>
            <CopyLine copy={copy} busy={busy} onAsk={() => setAsked(copy.name)} />
            {asked === copy.name ? (
              <div className="row">
                <span className="grow">{t("copyBackMeans", { when: dateTimeText(copy.made_at) })}</span>
                <Button size="s" disabled={busy} onClick={() => setAsked(null)}>
                  {t("letBe")}
                </Button>
                <Button
                  size="s"
                  tone="pri"
                  disabled={busy}
                  data-testid="copy-back"
                  onClick={() => back.mutate(copy.name)}
                >
                  {t(busy ? "copyBackWorking" : "copyBackDo")}
                </Button>
              </div>
            ) : null}
            {asked === copy.name ? <Problem error={back.error} /> : null}
          </li>
        ))}
      </ul>
      {hurt ? <Salvage busy={busy} /> : null}
    </section>
  );
}

function CopyLine({ copy, busy, onAsk }: { copy: CopyRow; busy: boolean; onAsk: () => void }) {
  const { t } = useTranslation();
  const when = dateTimeText(copy.made_at);
  return (
    <div className="row">
      <span className="grow">
        <b className="num">{when}</b> {copy.is_aside ? <Chip tone="info">{t("copyAside")}</Chip> : null}
        <span className="mute t12 def">
          {copy.readable
            ? t("copyHolds", { cases: copy.cases, observations: copy.observations, issues: copy.issues })
            : t("copyUnreadable")}
        </span>
      </span>
      <Button
        size="s"
        disabled={busy || !copy.readable}
        aria-label={t("copyBackOf", { when })}
        onClick={onAsk}
      >
        {t("copyBack")}
      </Button>
    </div>
  );
}

function Salvage({ busy }: { busy: boolean }) {
  const { t } = useTranslation();
  const reading = useMutation({ mutationFn: () => ipc.salvage() });
  if (reading.data)
    return (
      <div role="status">
        <p>
          {t("salvageDone", {
            saved: reading.data.saved,
            lost: reading.data.lost,
            from_copy: reading.data.from_copy,
            left_out: reading.data.left_out,
          })}
        </p>
        <Button
          tone="pri"
          data-testid="salvage-open"
          onClick={() => enter({ path: "", is_demo: false, start_at: null })}
        >
          {t("salvageOpen")}
        </Button>
      </div>
    );
  return (
    <>
      <div className="row">
        <span className="grow dim">{t("salvageMeans")}</span>
        <Button
          size="s"
          disabled={busy || reading.isPending}
          data-testid="salvage"
          onClick={() => reading.mutate()}
        >
          {t(reading.isPending ? "salvageWorking" : "salvage")}
        </Button>
      </div>
      <Problem error={reading.error} onRetry={() => reading.mutate()} />
    </>
  );
}
