import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { SessionView } from "../../ipc";
import { useActions } from "../../keys/useActions";
import { Button } from "../../parts/Button";
import { heardInPath } from "../sessions/paths";

type Props = { session: SessionView; caseId: string };

/** Which call of the session this is, and the one before and after it. */
export function SessionSteps({ session, caseId }: Props) {
  const { t } = useTranslation("console");
  const [, go] = useLocation();
  const { cases, row } = session;
  const at = cases.findIndex((c) => c.case.id === caseId);
  const before = cases[at - 1]?.case;
  const after = cases[at + 1]?.case;
  const open = (to: typeof before) => to && go(heardInPath(to.id, row.session.id));
  useActions({
    "session.previousCase": () => (before ? open(before) : false),
    "session.nextCase": () => (after ? open(after) : false),
  });
  return (
    <div className="ch-steps" role="group" aria-label={t("inSession", { title: row.session.title })}>
      <Button
        size="s"
        tone="ghost"
        icon="prev"
        label={before ? t("previousCase", { title: before.title }) : t("firstCase")}
        action="session.previousCase"
        disabled={!before}
        data-testid="session-previous"
        onClick={() => open(before)}
      />
      <span className="num nowrap" data-testid="session-place">
        {t("caseOf", { at: at + 1, total: cases.length })}
      </span>
      <Button
        size="s"
        tone="ghost"
        icon="next"
        label={after ? t("nextCase", { title: after.title }) : t("lastCase")}
        action="session.nextCase"
        disabled={!after}
        data-testid="session-next"
        onClick={() => open(after)}
      />
    </div>
  );
}
