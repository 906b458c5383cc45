import { useQuery } from "@tanstack/react-query";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";

/** The business lines calls and issues are of. */
export const useBusinessLines = () => useQuery({ queryKey: qk.businessLines, queryFn: ipc.businessLines });
