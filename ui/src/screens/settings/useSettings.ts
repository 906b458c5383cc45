import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Settings } from "../../ipc";
import { ipc } from "../../ipc";
import { qk } from "../../records/queries";

/** The settings of this workspace; a change is saved at once, on top of what is stored now. */
export const useSettings = () => {
  const client = useQueryClient();
  const query = useQuery({ queryKey: qk.settings, queryFn: ipc.getSettings });
  const [error, setError] = useState<unknown>(null);
  const save = useCallback(
    async (change: Partial<Settings>): Promise<boolean> => {
      setError(null);
      try {
        const stored = await ipc.getSettings();
        client.setQueryData(qk.settings, await ipc.updateSettings({ ...stored, ...change }));
        return true;
      } catch (thrown) {
        setError(thrown);
        return false;
      }
    },
    [client],
  );
  return { settings: query.data, save, error: error ?? query.error };
};
