import type { SameKeys } from "../same";
import type zh from "../zh-CN/search";

const words: SameKeys<typeof zh> = {
  title: "Search",
  label: "Search issues, moments, calls, words said",
  placeholder: "Search calls and words",
  results: "Found",
  where: "Where to search",
  "scope.any": "All",
  "scope.issue": "Issues",
  "scope.observation": "Moments",
  "scope.record": "Promises and the like",
  "scope.case": "Calls",
  "scope.segment": "Words said",
  more: "and more",
  count: "{{count}}",
  filedUnder: "filed under {{number}}",
  doubtHint: "Not heard well; listen before you quote it",
  none: "Nothing found for “{{text}}”",
  noneHint: "Use fewer or other words.",
  leftOut: "Not looked for, nothing but punctuation: {{pieces}}",
  renewing: "The index is being renewed, {{percent}} %; older records may not be found yet.",
  all: "All results",
  allKey: "Ctrl ⏎",
  emptyTitle: "What are you looking for",
  emptyHint: "Words said, moments, issues and calls are all searched here. A number finds its issue.",
};
export default words;
