import type { SameKeys } from "../same";
import type zh from "../zh-CN/console";

const words: SameKeys<typeof zh> = {
  title: "Listening console",
};
export default words;
