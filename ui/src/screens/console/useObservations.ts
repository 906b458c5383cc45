import { useQuery } from "@tanstack/react-query";
import { qk } from "../../app/queries";
import { ipc, type ObservationView } from "../../ipc";

const none: ObservationView[] = [];

/** The observations of a case in time order. */
export function useObservations(caseId: string): ObservationView[] {
  const { data } = useQuery({ queryKey: qk.observations(caseId), queryFn: () => ipc.observationsOf(caseId) });
  return data ?? none;
}
