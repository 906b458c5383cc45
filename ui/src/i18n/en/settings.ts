import type { SameKeys } from "../same";
import type zh from "../zh-CN/settings";

const words: SameKeys<typeof zh> = {
  title: "Settings",
};
export default words;
