import { useQuery } from "@tanstack/react-query";
import type { CaseQuery } from "../../ipc";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";

/** The business lines calls and issues are of. */
export const useBusinessLines = () => useQuery({ queryKey: qk.businessLines, queryFn: ipc.businessLines });

/** A query for calls that asks no more than is said: the newest first, from the first on. */
export const casesOf = (said: Partial<CaseQuery> & Pick<CaseQuery, "limit">): CaseQuery => ({
  text: "",
  filters: [],
  sort: "imported",
  reversed: false,
  offset: 0,
  ...said,
});
