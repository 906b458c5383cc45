import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CopyRow, ErrorNote } from "../ipc";
import { ipc } from "../ipc";
import { isComposing, keyName } from "../keys/chord";
import { ofMachine, qk } from "../records/queries";
import { enter } from "../seat/enter";
import { dateTimeText } from "../text/format";
import { Button } from "./Button";
import { Chip } from "./Chip";
import { Problem } from "./Problem";
import css from "./Rescue.module.css";
import { SectionHead } from "./SectionHead";

/** A database that going back to a copy can help. */
export const isHurt = (note: ErrorNote) =>
  ["workspace.damaged", "workspace.altered", "workspace.unusable"].includes(note.code);

/** The way back: copies of the database, and, where it is hurt, what can still be read of it. */
export function Rescue({ hurt = false }: { hurt?: boolean }) {
  const { t } = useTranslation();
  const copies = useQuery({
    queryKey: qk.copies,
    queryFn: () => ipc.listCopies(),
    staleTime: 0,
    gcTime: 0,
    meta: ofMachine,
  });
  const [asked, setAsked] = useState<string | null>(null);
  const back = useMutation({
    mutationFn: (name: string) => ipc.restoreCopy(name),
    onSuccess: (p) => enter(p),
  });
  const busy = back.isPending || back.isSuccess;
  return (
    <section className={css.rescue} data-part="rescue" aria-label={t("copies")} data-testid="rescue">
      <SectionHead level={3} title={t("copies")} note={t("copiesMeans")} />
      <Problem error={copies.error} onRetry={() => void copies.refetch()} />
      {copies.isPending ? (
        <p className="quiet" role="status">
          {t("loading")}
        </p>
      ) : null}
      {copies.data?.length === 0 ? <p className="quiet">{t("copiesNone")}</p> : null}
      <ul>
        {copies.data?.map((copy) => (
          <li key={copy.name}>
            <CopyLine copy={copy} busy={busy} asked={asked === copy.name} onAsk={() => setAsked(copy.name)} />
            {asked === copy.name ? (
              <>
                <Ask
                  when={dateTimeText(copy.made_at)}
                  busy={busy}
                  onLetBe={() => setAsked(null)}
                  onDo={() => back.mutate(copy.name)}
                />
                <Problem error={back.error} onRetry={() => back.mutate(copy.name)} />
              </>
            ) : null}
          </li>
        ))}
      </ul>
      {hurt ? <Salvage busy={busy} /> : null}
    </section>
  );
}

type AskProps = { when: string; busy: boolean; onLetBe: () => void; onDo: () => void };

/** What going back means, before it is done. The keyboard stands on leaving it, and Esc does so. */
function Ask({ when, busy, onLetBe, onDo }: AskProps) {
  const { t } = useTranslation();
  const id = useId();
  const letBe = useRef<HTMLButtonElement>(null);
  useEffect(() => letBe.current?.focus(), []);
  return (
    <div
      className="row"
      role="group"
      aria-labelledby={id}
      onKeyDown={(e) => {
        if (keyName(e) !== "Escape" || busy || isComposing(e.nativeEvent)) return;
        e.stopPropagation();
        onLetBe();
      }}
    >
      <span id={id} className="grow">
        {t("copyBackMeans", { when })}
      </span>
      <Button ref={letBe} size="small" disabled={busy} aria-describedby={id} onClick={onLetBe}>
        {t("letBe")}
      </Button>
      <Button
        size="small"
        tone="primary"
        disabled={busy}
        data-testid="copy-back"
        aria-describedby={id}
        onClick={onDo}
      >
        {t(busy ? "copyBackWorking" : "copyBackDo")}
      </Button>
    </div>
  );
}

type LineProps = { copy: CopyRow; busy: boolean; asked: boolean; onAsk: () => void };

function CopyLine({ copy, busy, asked, onAsk }: LineProps) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  // The question gives the focus back to where it was asked from.
  useEffect(() => {
    if (was.current && !asked) button.current?.focus();
    was.current = asked;
  }, [asked]);
  const when = dateTimeText(copy.made_at);
  return (
    <div className="row">
      <span className="grow">
        <b className="figures">{when}</b> {copy.is_aside ? <Chip tone="info">{t("copyAside")}</Chip> : null}
        <span className={`${css.holds} faint small`}>
          {copy.readable
            ? t("copyHolds", { cases: copy.cases, observations: copy.observations, issues: copy.issues })
            : t("copyUnreadable")}
        </span>
      </span>
      <Button
        ref={button}
        size="small"
        aria-expanded={asked}
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
          tone="primary"
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
        <span className="grow quiet">{t("salvageMeans")}</span>
        <Button
          size="small"
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
