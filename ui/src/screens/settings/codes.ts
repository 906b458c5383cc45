import type { Tag, TagColour, TagId } from "../../ipc";

export const tagColours: readonly TagColour[] = [
  "ink",
  "customer",
  "agent",
  "mentor",
  "quote",
  "ok",
  "warn",
  "danger",
  "info",
];

/** Codes that are offered when marking, in their order; the first nine answer to keys. */
export const activeTags = (tags: readonly Tag[]): Tag[] =>
  tags.filter((tag) => tag.status.state === "active").sort((a, b) => a.position - b.position);

/** The same ids with one of them at another place. */
export const moved = (ids: readonly TagId[], id: TagId, to: number): TagId[] => {
  const rest = ids.filter((other) => other !== id);
  rest.splice(Math.max(0, Math.min(rest.length, to)), 0, id);
  return rest;
};
