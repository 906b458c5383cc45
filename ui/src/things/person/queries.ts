import { useQuery } from "@tanstack/react-query";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";

export const usePeople = () => useQuery({ queryKey: qk.people, queryFn: ipc.listPeople });
