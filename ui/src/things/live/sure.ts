/** A confidence of 0–100 as a word of the align catalogue. */
export function sureWord(confidence: number): "sure" | "likely" | "maybe" | "unsure" {
  if (confidence >= 90) return "sure";
  if (confidence >= 70) return "likely";
  return confidence >= 40 ? "maybe" : "unsure";
}
