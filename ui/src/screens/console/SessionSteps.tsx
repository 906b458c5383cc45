import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { Case, SessionView } from "../../ipc";
import { useActions } from "../../keys/useActions";
import { Button } from "../../parts/Button";
import { heardInPath } from "../../things/session/paths";
import css from "./SessionSteps.module.css";

type Props = { session: SessionView; caseId: string };

/** Which call of the session this is, and the one before and after it. */
export function SessionSteps({ session, caseId }: Props) {
  const { t } = useTranslation("console");
  const [, go] = useLocation();
  const { cases, row } = session;
  const at = cases.findIndex((c) => c.case.id === caseId);
  const before = cases[at - 1]?.case;
  const after = cases[at + 1]?.case;
  const open = (to: Case) => go(heardInPath(to.id, row.session.id));
  useActions({
    "session.previousCase": () => (before ? open(before) : false),
    "session.nextCase": () => (after ? open(after) : false),
  });
  const step = (way: "previous" | "next", to: Case | undefined, label: string) => (
    <Button
      size="small"
      tone="ghost"
      icon={way === "previous" ? "prev" : "next"}
      label={label}
      action={`session.${way}Case`}
      disabled={!to}
      data-testid={`session-${way}`}
      onClick={() => to && open(to)}
    />
  );
  return (
    <div className={css.steps} role="group" aria-label={t("inSession", { title: row.session.title })}>
      {step("previous", before, before ? t("previousCase", { title: before.title }) : t("firstCase"))}
      <span className="figures nowrap" data-testid="session-place">
        {t("caseOf", { at: at + 1, total: cases.length })}
      </span>
      {step("next", after, after ? t("nextCase", { title: after.title }) : t("lastCase"))}
    </div>
  );
}
