import { useTranslation } from "react-i18next";
import type { FactKey, FactOrigin, FactsPlan, FactValue, PlannedFacts } from "../../../ipc";
import { clock, dayTime } from "../../../text/format";
import { fileName } from "../../../things/case/import/plan";

/** A value as it is read: numbers and names come masked. */
export function useValueWords(): (value: FactValue) => string {
  const { t } = useTranslation("imports");
  return (value) => {
    switch (value.kind) {
      case "at":
        return dayTime(value.value);
      case "ms":
        return clock(value.value);
      case "direction":
        return t(`direction.${value.value}`);
      case "handled_by":
        return t(`handledBy.${value.value}`);
      default:
        return String(value.value);
    }
  };
}

/** Where something stands: the file, and the place in it. */
export function usePlaceWords(plan: FactsPlan): (origin: FactOrigin) => string {
  const { t } = useTranslation("imports");
  return ({ source, place }) => {
    const name = fileName(plan.sources[source]?.path ?? "");
    if (place.kind === "line") return t("place.line", { name, line: place.line });
    return place.kind === "path" && place.path !== "" ? `${name} ${place.path}` : name;
  };
}

/** What is known of a call under a key, in words. */
export function useKnown(): (known: PlannedFacts["known"], key: FactKey) => string | null {
  const words = useValueWords();
  return (known, key) => {
    const value = known[key];
    return value ? words(value) : null;
  };
}
