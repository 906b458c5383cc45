import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { placePath } from "../../app/place";
import { qk } from "../../app/queries";
import type { SearchHit, SearchResults, SearchScope } from "../../ipc";
import { ipc } from "../../ipc";

/** Order in which groups are shown. */
export const scopes: readonly SearchScope[] = ["issue", "observation", "record", "case", "segment"];

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
  scopes.flatMap((scope) => results?.hits.filter((h) => h.scope === scope) ?? []);

/** Where a hit leads: the page of the issue or the session, else the moment in its case. */
export const pathOf = (hit: SearchHit): string => {
  const isOfIssue = hit.scope === "issue" || hit.scope === "record";
  if (isOfIssue && hit.issue_id) return `/issue/${hit.issue_id}`;
  if (hit.session_id) return `/session/${hit.session_id}`;
  return hit.case_id ? placePath(hit.case_id, hit) : "/cases";
};

/** A hit's own key in a list. */
export const keyOf = (hit: SearchHit, at: number): string =>
  `${hit.scope}:${hit.issue_id ?? hit.observation_id ?? hit.session_id ?? hit.case_id}:${hit.start_ms ?? at}`;
