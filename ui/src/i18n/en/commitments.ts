import { alike, type SameKeys } from "../same";
import type zh from "../zh-CN/commitments";

/** Promises: on the page of an issue and of a session. */
const words: SameKeys<typeof zh> = {
  title: "Promises",
  keptOf: alike("{{kept}} of {{count}} kept"),
  add: "Add one",
  loading: "Reading the promises…",
  none: "Nobody has promised anything yet. Who, what, and by which day stands here.",
  kept: "Kept",
  broken: "Not kept",
  late: "Past its day, nothing said",
  open: "Still open",
  by: "by {{day}}",
  deeds: "What can be done with “{{promise}}”",
  sayKept: "It was kept",
  sayBroken: "It was not kept",
  sayOpen: "Open again",
  edit: "Change",
  remove: "Delete",
  word: "Why it was not kept",
  wordHint: "One sentence: what stood in the way, and what now",
  promise: "What is promised",
  promiseHint: "One thing that will be done",
  who: "Who promises",
  day: "Day",
  noDay: "No day set",
};
export default words;
