import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ipc, type ObservationView } from "../../ipc";
import { qk, queryClient } from "../../records/queries";
import { useRecordsAhead } from "../../records/record";
import { inTime, withUnsaved } from "./observationDesk";

const none: ObservationView[] = [];

const read = (caseId: string) => ({
  queryKey: qk.observations(caseId),
  queryFn: async () => withUnsaved(caseId, await ipc.observationsOf(caseId)),
});

/** The observations of a case in time order. */
export function useObservations(caseId: string): ObservationView[] {
  const { data } = useQuery(read(caseId));
  const shown = useRecordsAhead();
  return useMemo(
    () => inTime((data ?? none).map((v) => ({ ...v, observation: shown("observation", v.observation) }))),
    [data, shown],
  );
}

/** The same once they are there. A list that cannot be read is none: what waits for it goes on. */
export function observationsOnceRead(caseId: string): Promise<ObservationView[]> {
  return queryClient.ensureQueryData(read(caseId)).catch(() => none);
}
