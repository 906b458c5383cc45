import type { SameKeys } from "../same";
import type zh from "../zh-CN/library";

const words: SameKeys<typeof zh> = {
  title: "Cases",
};
export default words;
