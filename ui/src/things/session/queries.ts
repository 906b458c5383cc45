import { useQuery } from "@tanstack/react-query";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";

export const useSessions = (enabled = true) =>
  useQuery({ queryKey: qk.sessions, queryFn: ipc.listSessions, enabled });

export const useSession = (id: string | null) =>
  useQuery({ queryKey: qk.session(id ?? ""), queryFn: () => ipc.getSession(id ?? ""), enabled: id !== null });
