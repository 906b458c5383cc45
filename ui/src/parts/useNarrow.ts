import { useEffect, useState } from "react";
import { usePrefs } from "../seat/prefs";

/** How much room the text size leaves: measured in rem, because at 200 % a wide window is a narrow sheet. */
export const Paper = {
  Wide: 0,
  /** The right pane becomes a tab. */
  Narrow: 1,
  /** And secondary lines go. */
  Tight: 2,
} as const;

export type Paper = (typeof Paper)[keyof typeof Paper];

function measure(): Paper {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const width = window.innerWidth / rem;
  const height = window.innerHeight / rem;
  if (width >= 64) return Paper.Wide;
  return height < 36 ? Paper.Tight : Paper.Narrow;
}

export function useNarrow(): Paper {
  const textSize = usePrefs((s) => s.textSize);
  const [paper, setPaper] = useState(measure);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text size changes what is measured
  useEffect(() => {
    const update = () => setPaper(measure());
    update();
    window.addEventListener("resize", update);
    return () => window.removeEventListener("resize", update);
  }, [textSize]);
  return paper;
}
