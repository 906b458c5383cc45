/** The keys as this workspace has set them. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { create } from "zustand";
import { ipc } from "../ipc";
import { qk } from "../records/queries";
import type { Keymap } from "./actions";
import { keySettings } from "./useActions";

type KeySettings = { keymap: Keymap; singleKeys: boolean };

/** Remapped keys and whether single letters work. A store and not a read: every button asks. */
export const useKeySettings = create<KeySettings>()(() => ({ keymap: {}, singleKeys: true }));

/** Hands the settings to the key listener and to every label; mounted once by the shell. */
export function useApplyKeySettings(): void {
  const { data } = useQuery({ queryKey: qk.settings, queryFn: () => ipc.getSettings() });
  useEffect(() => {
    if (!data) return;
    const next = { keymap: data.keymap as Keymap, singleKeys: data.single_keys };
    Object.assign(keySettings, next);
    useKeySettings.setState(next);
  }, [data]);
}
