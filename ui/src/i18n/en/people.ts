import type { SameKeys } from "../same";
import type zh from "../zh-CN/people";

const words: SameKeys<typeof zh> = {
  title: "People",
};
export default words;
