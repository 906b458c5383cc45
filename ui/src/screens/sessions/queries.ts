import { useQuery } from "@tanstack/react-query";
import { qk } from "../../app/queries";
import { ipc } from "../../ipc";

export const useSessions = (enabled = true) =>
  useQuery({ queryKey: qk.sessions, queryFn: ipc.listSessions, enabled });

export const useSession = (id: string | null) =>
  useQuery({ queryKey: qk.session(id ?? ""), queryFn: () => ipc.getSession(id ?? ""), enabled: id !== null });
