import type { SameKeys } from "../same";
import type zh from "../zh-CN/bin";

const words: SameKeys<typeof zh> = {
  title: "Bin",
  count: "Calls: {{count}}",
  keeps: "Deleted calls come here; nothing is emptied by itself yet. Days with the program off do not count.",
  "empty.title": "The bin is empty",
  "empty.hint":
    "Deleted calls and undone imports come here first, with their marks, notes and issues, and can be put back.",
  jump: "At {{at}} the computer's clock had moved {{days}} days ahead. The program did not see these days, so they were not counted.",
  jumpNot: "Leave them out",
  jumpCounts: "Count them",
  "col.call": "Call",
  "col.length": "Length",
  "col.marks": "Marks",
  "col.issues": "Issues",
  "col.since": "In the bin since",
  "col.by": "By",
  "col.days": "Days",
  days: "{{seen}} of {{days}}",
  none: "—",
  stays: "Stays",
  staysHint: "An issue rests on this call, so it never leaves the bin by itself",
  restore: "Put back",
  restoreOne: "Put “{{title}}” back",
};
export default words;
