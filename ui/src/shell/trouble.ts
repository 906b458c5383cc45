import type { useEntering } from "../seat/doors";

/** Why a door did not open, to be told in the band it is in. */
export const troubleOf = ({ stuck, go, dismiss }: ReturnType<typeof useEntering>) =>
  stuck && { error: stuck.error, retry: () => go(stuck.door), dismiss };
