import { useMutation, useQuery } from "@tanstack/react-query";
import { Popover } from "radix-ui";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IssueId, StatusMove } from "../../ipc";
import { ipc } from "../../ipc";
import { stages } from "../../ipc/generated/issues";
import { isComposing, keyName } from "../../keys/chord";
import { buttonLook } from "../../parts/Button";
import { Kbd } from "../../parts/Kbd";
import { moveFocus } from "../../parts/moveFocus";
import { Pop } from "../../parts/Pop";
import { Problem } from "../../parts/Problem";
import { useErrorWords } from "../../parts/words";
import { qk } from "../../records/queries";
import { useWithheld } from "../../records/withheld";
import { stageOf } from "./lifecycle";
import css from "./StatusMenu.module.css";
import { useLife } from "./useLife";

/** Moves an issue in its life cycle; asks for the reason where the life cycle asks for one. */
export function StatusMenu({ issueId, children }: { issueId: IssueId; children: ReactNode }) {
  const { t } = useTranslation("issues");
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Pop className={css.moves} aria-label={t("move.title")} onClick={(e) => e.stopPropagation()}>
        <Moves issueId={issueId} onDone={() => setOpen(false)} />
      </Pop>
    </Popover.Root>
  );
}

function Moves({ issueId, onDone }: { issueId: IssueId; onDone: () => void }) {
  const { t } = useTranslation("issues");
  const issue = useQuery({ queryKey: qk.issue(issueId), queryFn: () => ipc.getIssue(issueId) });
  const life = useLife();
  const words = useErrorWords();
  const why = useWithheld("issue", issueId)("issue.status");
  const [asked, setAsked] = useState<StatusMove | null>(null);
  const change = useMutation({
    mutationFn: ({ move, reason }: { move: StatusMove; reason: string }) =>
      ipc.changeStatus({ id: issueId, rev: issue.data?.row.issue.rev ?? 0, status: move.status, reason }),
    onSuccess: onDone,
  });
  if (issue.error) return <Problem error={issue.error} onRetry={() => issue.refetch()} />;
  if (!issue.data) return <p className="faint pad">{t("move.loading")}</p>;
  if (asked)
    return (
      <ReasonForm
        move={asked}
        error={change.error}
        busy={change.isPending}
        onBack={() => setAsked(null)}
        onGive={(reason) => change.mutate({ move: asked, reason })}
      />
    );
  const { moves } = issue.data;
  const noEvidence = issue.data.evidence.length === 0;
  return (
    <div role="group" aria-label={t("move.title")} onKeyDown={moveFocus}>
      <p className="label">{t("move.title")}</p>
      {stages.map((stage) => {
        const here = moves.filter((m) => stageOf(m.status) === stage);
        if (here.length === 0) return null;
        return (
          <section key={stage} aria-label={life.stage(stage)}>
            <h3>{life.stage(stage)}</h3>
            {here.map((move) => (
              <button
                key={move.status}
                type="button"
                className="choice"
                onClick={() => (move.needs_reason ? setAsked(move) : change.mutate({ move, reason: "" }))}
              >
                <span>{life.status(move.status)}</span>
                {move.needs_reason ? <span className="faint small">{t("move.needsReason")}</span> : null}
              </button>
            ))}
          </section>
        );
      })}
      {moves.length === 0 ? <p className="faint pad">{why ? words(why) : t("move.none")}</p> : null}
      {noEvidence && !why ? <p className="faint small pad">{t("move.noEvidence")}</p> : null}
      {change.error ? <Problem error={change.error} /> : null}
    </div>
  );
}

function ReasonForm(props: {
  move: StatusMove;
  error: unknown;
  busy: boolean;
  onBack: () => void;
  onGive: (reason: string) => void;
}) {
  const { t } = useTranslation("issues");
  const life = useLife();
  const [reason, setReason] = useState("");
  const empty = reason.trim() === "";
  const give = () => {
    if (!empty && !props.busy) props.onGive(reason.trim());
  };
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        give();
      }}
    >
      <label className="label" htmlFor="move-reason">
        {t("move.reasonFor", { status: life.status(props.move.status) })}
      </label>
      <textarea
        id="move-reason"
        className="input"
        rows={3}
        // biome-ignore lint/a11y/noAutofocus: the person chose a move that asks for words
        autoFocus
        value={reason}
        placeholder={t(props.move.status === "verified_closed" ? "move.reasonVerified" : "move.reasonHint")}
        onChange={(e) => setReason(e.target.value)}
        onKeyDown={(e) => {
          if (keyName(e) === "Enter" && (e.ctrlKey || e.metaKey) && !isComposing(e.nativeEvent)) give();
        }}
      />
      {props.error ? <Problem error={props.error} /> : null}
      <div className="row foot">
        <button type="button" {...buttonLook({ size: "small", tone: "ghost" })} onClick={props.onBack}>
          {t("move.back")}
        </button>
        <span className="grow" />
        <button
          type="submit"
          {...buttonLook({ size: "small", tone: "primary" })}
          disabled={empty || props.busy}
        >
          {t("move.give", { status: life.status(props.move.status) })}
          <Kbd>{t("key.save")}</Kbd>
        </button>
      </div>
    </form>
  );
}
