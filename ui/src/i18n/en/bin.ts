import { alike, type SameKeys } from "../same";
import type zh from "../zh-CN/bin";

const words: SameKeys<typeof zh> = {
  title: "Bin",
  count: alike("Calls: {{count}}"),
  keeps:
    "Deleted calls come here and go for good when their days are over, unless an issue rests on them or somebody holds them. Days with the program off do not count.",
  "empty.title": "The bin is empty",
  "empty.hint":
    "Deleted calls and undone imports come here first, with their marks, notes and issues, and can be put back.",
  jump: "At {{at}} the computer's clock had moved ahead, by days: {{days}}. The program did not see these days, so they were not counted.",
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
  held: "On hold",
  release: "Release the hold",
  moreOf: "“{{title}}”: hold it, or take it away for good",
  "purge.title": "Take away for good",
  "purge.do": "Take away for good",
  "purge.means":
    "Sound, text, the words of its marks ({{marks}}), and what history and older copies hold of them are erased, and nothing brings them back. Ids, dates, tags, states and a certificate stay; issues that rest on it ({{issues}}) stay too, but cannot play it any more.",
  "purge.why": "Why",
  "purge.whyHint": "It stands in the certificate; no names or numbers of customers here",
  "hold.title": "Hold this call",
  "hold.do": "Hold: must not be taken away",
  "hold.means": "Nobody can take it away for good, nor do its days, until an administrator releases it.",
  "hold.why": "Why it must stay",
  "hold.whyHint": "For instance: in litigation, legal department 2026-11",
  certs: "Certificates",
  certBin: "Days in the bin were over ({{days}})",
  certCounts:
    "Records: {{records}}, values in history: {{values}}, lines of text: {{lines}}, files: {{files}}",
  certGoesOn: "Copies and index are still being cleaned",
  certUnlooked: "Done; nobody looked for the words",
  certClean: alike("Texts looked for: {{count}}, none left"),
  certCleanHint: "In the database and all copies; copies written anew: {{rewritten}}, dropped: {{dropped}}",
  certFound: alike("Texts still written elsewhere: {{count}}"),
  certFoundHint: "Somebody wrote the same in an issue, a remark or another call; that was left alone",
  restore: "Put back",
  restoreOne: "Put “{{title}}” back",
};
export default words;
