import type { ImportCall, ImportItem, SuffixRule } from "../../../ipc";
import { shownPath } from "../../../text/path";

/** Name of a file without its folder, on any system, as well as it can be shown. */
export const fileName = (path: string): string => shownPath(path.split(/[\\/]/).pop() ?? path);

export const stem = (path: string): string => fileName(path).replace(/\.[^.]+$/, "");

/** Two sides of a call taken apart again: each becomes a case of its own. */
export const splitItem = (item: ImportItem): ImportItem[] =>
  item.files.map((file) => ({ files: [file], title: stem(file.path) }));

export const bytesOf = (item: ImportItem): number => item.files.reduce((n, file) => n + file.bytes, 0);

/** What is asked for, file by file. */
export const callsOf = (items: ImportItem[]): ImportCall[] =>
  items.map(({ files, title }) => ({ files: files.map((file) => file.at), title }));

/** Rules worth sending: both ends given, and different. */
export const usableRules = (rules: SuffixRule[]): SuffixRule[] =>
  rules
    .map((r) => ({ agent: r.agent.trim(), customer: r.customer.trim() }))
    .filter((r) => r.agent !== "" && r.customer !== "" && r.agent !== r.customer);

export const sameRules = (a: SuffixRule[], b: SuffixRule[]): boolean =>
  JSON.stringify(usableRules(a)) === JSON.stringify(usableRules(b));

const units = ["B", "kB", "MB", "GB"];

/** `3.2 MB`. */
export const bytesText = (bytes: number): string => {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
};
