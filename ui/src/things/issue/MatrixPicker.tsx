import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { MatrixGrid } from "./MatrixGrid";

interface Props {
  urgency: number;
  difficulty: number;
  onPick: (urgency: number, difficulty: number) => void;
}

/** Urgency × difficulty as a 4 × 3 radio grid; the chosen cell again takes the judgement back. */
export function MatrixPicker({ urgency, difficulty, onPick }: Props) {
  const { t } = useTranslation("issues");
  const walk = (e: KeyboardEvent<HTMLDivElement>) => {
    const by: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const step = by[e.key];
    if (!step) return;
    e.preventDefault();
    const u = Math.min(4, Math.max(1, (urgency || 1) + (urgency ? step[0] : 0)));
    const d = Math.min(3, Math.max(1, (difficulty || 1) + (difficulty ? step[1] : 0)));
    onPick(u, d);
    e.currentTarget.querySelector<HTMLElement>(`[data-cell="${u}${d}"]`)?.focus();
  };
  const judged = urgency > 0 && difficulty > 0;
  return (
    <MatrixGrid
      picks
      role="radiogroup"
      aria-label={t("matrix.title")}
      onKeyDown={walk}
      cell={(u, d) => {
        const on = urgency === u && difficulty === d;
        return (
          <button
            type="button"
            role="radio"
            data-cell={`${u}${d}`}
            aria-checked={on}
            aria-label={t("cell.label", { u, d })}
            title={t("matrix.hint", { u: t(`urgency.${u as 1}`), d: t(`difficulty.${d as 1}`) })}
            tabIndex={on || (!judged && u === 1 && d === 1) ? 0 : -1}
            onClick={() => (on ? onPick(0, 0) : onPick(u, d))}
          />
        );
      }}
    />
  );
}
