import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { CaseId, SearchHit, SearchOwner, SearchResults, SearchScope, SearchTarget } from "../../ipc";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";
import { placePath } from "../../seat/place";

/** Order in which groups are shown. */
export const scopes: readonly SearchScope[] = [
  "issue",
  "observation",
  "record",
  "session",
  "case",
  "tag",
  "person",
  "segment",
];

/** Among what a hit was looked for. */
export const scopeOf = ({ target }: SearchHit): SearchScope =>
  target.kind === "seat_note" ? "observation" : target.kind;

/** The call a hit lies in, if it lies in one. */
export const caseOf = ({ target }: SearchHit): CaseId | null => {
  if ("at" in target) return target.at.case_id;
  return target.kind === "case" ? target.case_id : null;
};

/** Time without a keystroke before the host is asked. */
const pauseMs = 80;

/** What was typed, once the fingers rest. */
export const useRested = (text: string): string => {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
};

/** Hits for a text; the last ones stay until the next ones are there. */
export const useSearchHits = (text: string, wanted: SearchScope[], limit: number) => {
  const rested = useRested(text.trim());
  return useQuery({
    queryKey: qk.search({ text: rested, scopes: wanted, limit }),
    queryFn: ({ signal }) => ipc.search({ text: rested, scopes: wanted, limit }, signal),
    enabled: rested !== "",
    placeholderData: keepPreviousData,
  });
};

/** Hits in the order they are shown, group after group. */
export const inOrder = (results: SearchResults | undefined): SearchHit[] =>
  scopes.flatMap((scope) => results?.hits.filter((h) => scopeOf(h) === scope) ?? []);

/** Where a hit leads: its page, its moment in a call, or its line where it is kept in a list. */
export const pathOf = ({ target }: SearchHit): string => {
  switch (target.kind) {
    case "segment":
    case "observation":
    case "seat_note":
      return placePath(target.at.case_id, target.at);
    case "person":
      return `/settings/people?at=${target.person_id}`;
    case "tag":
      return `/settings/codebook?at=${target.tag_id}`;
    case "record":
      return pagePath(target.of);
    default:
      return pagePath(target);
  }
};

type Paged = Extract<SearchTarget, { kind: "issue" | "session" | "case" }>;

function pagePath(of: Paged | SearchOwner): string {
  if (of.kind === "issue") return `/issue/${of.issue_id}`;
  return of.kind === "session" ? `/session/${of.session_id}` : `/case/${of.case_id}`;
}

/** A hit's own key in a list. */
export const keyOf = (hit: SearchHit, at: number): string => `${scopeOf(hit)}:${pathOf(hit)}:${at}`;
