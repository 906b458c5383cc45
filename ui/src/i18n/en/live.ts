import type { SameKeys } from "../same";
import type zh from "../zh-CN/live";

const words: SameKeys<typeof zh> = {
  title: "Live",
};
export default words;
