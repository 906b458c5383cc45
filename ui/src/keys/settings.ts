/** The keys as this workspace has set them. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { qk } from "../app/queries";
import { ipc } from "../ipc";
import type { Keymap } from "./actions";
import { keySettings } from "./useActions";

const none: Keymap = {};

/** Remapped keys and whether single letters work. */
export function useKeySettings(): { keymap: Keymap; singleKeys: boolean } {
  const { data } = useQuery({ queryKey: qk.settings, queryFn: () => ipc.getSettings() });
  return { keymap: data?.keymap ?? none, singleKeys: data?.single_keys ?? true };
}

/** Hands the settings to the key listener; mounted once by the shell. */
export function useApplyKeySettings(): void {
  const { keymap, singleKeys } = useKeySettings();
  useEffect(() => {
    keySettings.keymap = keymap;
    keySettings.singleKeys = singleKeys;
  }, [keymap, singleKeys]);
}
