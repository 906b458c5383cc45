import { useQuery } from "@tanstack/react-query";
import { ipc } from "../ipc";
import { qk } from "../records/queries";

/** The open workspace, and who sits at this seat of it. */
export const useWorkspace = () => useQuery({ queryKey: qk.workspace, queryFn: ipc.workspaceInfo });
