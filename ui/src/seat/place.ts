/** Where a mark stands: as an address, and in words. */
import { useTranslation } from "react-i18next";
import type { MomentLink, Observation, Turns } from "../ipc";
import { clock, linkSeconds } from "../text/format";

/** A moment of a case; where nothing is named, the whole. */
export type Place = Pick<MomentLink, "start_ms" | "end_ms" | "turns">;

export const THE_WHOLE: Place = { start_ms: null, end_ms: null };

/** Where a mark stands. */
export function markPlace({
  anchor,
  start_ms,
  end_ms,
}: Pick<Observation, "anchor" | "start_ms" | "end_ms">): Place {
  if (anchor === "sound") return { start_ms, end_ms };
  return anchor === "whole" ? THE_WHOLE : { ...THE_WHOLE, turns: anchor.turns };
}

/** The address of a place inside the app; with a session, of the place as it is heard there. */
export function placePath(
  caseId: string,
  { start_ms, end_ms, turns }: Place,
  sessionId?: string | null,
): string {
  const end = end_ms === null ? "" : `,${linkSeconds(end_ms)}`;
  const parts = [
    start_ms === null ? "" : `t=${linkSeconds(start_ms)}${end}`,
    turns ? `turn=${turns.first}-${turns.last}` : "",
    sessionId ? `session=${sessionId}` : "",
  ].filter(Boolean);
  return `/case/${caseId}${parts.length > 0 ? `?${parts.join("&")}` : ""}`;
}

/** The address of a mark. */
export const markPath = (o: Observation, sessionId?: string | null): string =>
  placePath(o.case_id, markPlace(o), sessionId);

/** Where a mark begins, as lists say it: a time, which turns, or that it is the whole. */
export function usePlaceWords(): (o: Pick<Observation, "anchor" | "start_ms" | "end_ms">) => string {
  const turns = useTurnsWords();
  const { t } = useTranslation();
  return (o) => {
    if (o.anchor === "sound") return clock(o.start_ms);
    return o.anchor === "whole" ? t("placeWhole") : turns(o.anchor.turns);
  };
}

/** Turns of a chat in words. */
export function useTurnsWords(): (turns: Turns) => string {
  const { t } = useTranslation();
  return ({ first, last }) => (first === last ? t("placeTurn", { first }) : t("placeTurns", { first, last }));
}
