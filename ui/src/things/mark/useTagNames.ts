import { useQuery } from "@tanstack/react-query";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";

/** Names of tags by id; a merged tag goes by the name of the one that took over. */
export function useTagNames(): (ids: readonly string[]) => string[] {
  const { data } = useQuery({ queryKey: qk.tags, queryFn: () => ipc.listTags() });
  return (ids) =>
    ids.flatMap((id) => {
      const tag = data?.find((t) => t.id === id);
      const into = tag?.status.state === "merged_into" ? tag.status.into : id;
      const name = data?.find((t) => t.id === into)?.name ?? tag?.name;
      return name ? [name] : [];
    });
}
