import type { SameKeys } from "../same";
import type zh from "../zh-CN/search";

const words: SameKeys<typeof zh> = {
  title: "Search",
};
export default words;
