import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Settings } from "../ipc";
import { ipc } from "../ipc";
import { qk } from "./queries";

/** The settings of this workspace; a change is saved at once, on top of what is stored now. */
export const useSettings = () => {
  const client = useQueryClient();
  const query = useQuery({ queryKey: qk.settings, queryFn: ipc.getSettings });
  const [error, setError] = useState<unknown>(null);
  /** What refuses it is thrown, for a field that says so itself. */
  const keep = useCallback(
    async (change: Partial<Settings>): Promise<void> => {
      const stored = await ipc.getSettings();
      client.setQueryData(qk.settings, await ipc.updateSettings({ ...stored, ...change }));
    },
    [client],
  );
  const save = useCallback(
    async (change: Partial<Settings>): Promise<boolean> => {
      setError(null);
      try {
        await keep(change);
        return true;
      } catch (thrown) {
        setError(thrown);
        return false;
      }
    },
    [keep],
  );
  return { settings: query.data, save, keep, read: query.refetch, error: error ?? query.error };
};
