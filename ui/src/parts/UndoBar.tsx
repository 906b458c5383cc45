import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { asNote, type ErrorNote as Note } from "../ipc";
import { useActions } from "../keys/useActions";
import { UNDO_SHOWN_MS, undoLast, useUndo } from "../records/undo";
import { useActionWords } from "./actionWords";
import { Button } from "./Button";
import { ErrorNote } from "./states";
import css from "./UndoBar.module.css";

/** Ten seconds to take back what was just done. It never takes the focus and covers nothing that plays. */
export function UndoBar() {
  const { t } = useTranslation();
  const last = useUndo((s) => s.last);
  const dismiss = useUndo((s) => s.dismiss);
  const words = useActionWords();
  const [failed, setFailed] = useState<Note | null>(null);

  const undo = () => {
    setFailed(null);
    undoLast().catch((thrown) => setFailed(asNote(thrown)));
  };
  useActions({ "app.undo": undo });

  useEffect(() => {
    if (!last && !failed) return;
    const timer = setTimeout(() => {
      dismiss();
      setFailed(null);
    }, UNDO_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last, failed, dismiss]);

  if (failed) {
    return (
      <div className={css.bar}>
        <ErrorNote note={failed} onDismiss={() => setFailed(null)} />
      </div>
    );
  }
  if (!last) return null;
  return (
    <div className={css.bar} role="status" data-testid="undo-bar">
      <span className="cut">{words(last.action)}</span>
      <Button size="small" icon="undo" action="app.undo" showKey onClick={undo}>
        {t("undo")}
      </Button>
      <Button size="small" tone="ghost" icon="x" label={t("close")} onClick={dismiss} />
    </div>
  );
}
