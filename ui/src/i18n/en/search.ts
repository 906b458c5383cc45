import { alike, type SameKeys } from "../same";
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
  "scope.session": "Sessions",
  "scope.case": "Calls",
  "scope.tag": "Tags",
  "scope.person": "People",
  "scope.segment": "Words said",
  more: "and more",
  count: alike("{{count}}"),
  retired: "not offered any more",
  doubtHint: "Not heard well; listen before you quote it",
  none: "Nothing found for “{{text}}”",
  noneHint: "Use fewer or other words.",
  leftOut: "Not looked for, nothing but punctuation: {{pieces}}",
  renewing: "The index is being renewed, {{percent}} %; older records may not be found yet.",
  followLink: "Enter follows this link.",
  all: "All results",
  allKey: "Ctrl ⏎",
  emptyTitle: "What are you looking for",
  emptyHint:
    "Words said, moments, issues, calls, sessions, tags and people are all searched here. A number finds its issue.",
};
export default words;
