import { useQuery } from "@tanstack/react-query";
import { ipc, type Tag } from "../../ipc";
import { qk } from "../../records/queries";

/** The whole codebook. */
export const useTags = () => useQuery({ queryKey: qk.tags, queryFn: ipc.listTags });

/** The tags that answer to keys 1–9: the first nine of the codebook that are in use. */
export function keyTags(tags: readonly Tag[] | undefined): Tag[] {
  return (tags ?? [])
    .filter((t) => t.status.state === "active" && t.deleted_at === null)
    .sort((a, b) => a.position - b.position);
}

export const useKeyTags = (): Tag[] => keyTags(useTags().data);
