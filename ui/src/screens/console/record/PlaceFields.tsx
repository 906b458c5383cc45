import { useTranslation } from "react-i18next";
import type { Observation } from "../../../ipc";
import { Button } from "../../../parts/Button";
import { useTurnsWords } from "../../../seat/place";
import { patch } from "../marks";
import { RangeFields } from "./RangeFields";

/** Where a mark stands: in a stretch of sound, which can be moved, in turns of a chat, or in the whole. */
export function PlaceFields({ observation }: { observation: Observation }) {
  const { t } = useTranslation("console");
  const { t: common } = useTranslation();
  const turns = useTurnsWords();
  const { id, anchor } = observation;
  const isWhole = anchor === "whole";
  if (typeof anchor === "object") return <span className="figures nowrap">{turns(anchor.turns)}</span>;
  return (
    <>
      {isWhole ? null : <RangeFields observation={observation} />}
      <Button
        size="small"
        tone="ghost"
        aria-pressed={isWhole}
        title={t(isWhole ? "wholeBack" : "wholeHint")}
        data-testid="mark-whole"
        onClick={() => void patch(id, { anchor: isWhole ? "sound" : "whole" }).catch(() => undefined)}
      >
        {common("placeWhole")}
      </Button>
    </>
  );
}
