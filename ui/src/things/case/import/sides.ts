/** Who speaks on which channel, by source and direction. */
import type { ChannelMap, ImportFile, Settings } from "../../../ipc";

/** Calls of one source and one direction, and a case of one of them. */
export type Kind = Pick<ChannelMap, "source" | "direction"> & { caseId: string };

const isSame = (a: Pick<Kind, "source" | "direction">, b: Pick<Kind, "source" | "direction">): boolean =>
  a.source === b.source && a.direction === b.direction;

/** Which kinds of calls there are among those whose sides came from the settings. */
export const kindsOf = (files: readonly ImportFile[]): Kind[] => {
  const all = files.flatMap(({ sides, case_id }) =>
    sides && case_id ? [{ ...sides, caseId: case_id }] : [],
  );
  return all.filter((kind, at) => all.findIndex((other) => isSame(other, kind)) === at);
};

/** Each of them says of which calls it is, and none of what another one says. */
export const areUsable = (maps: readonly ChannelMap[]): boolean =>
  maps.every(
    (map, at) =>
      (map.source !== "" || map.direction !== null) && !maps.slice(0, at).some((other) => isSame(other, map)),
  );

/** What the settings hold once maps are remembered. One of any source and direction is what counts without a map. */
export const remembering = (
  stored: Pick<Settings, "channel_maps" | "stereo_roles">,
  maps: readonly ChannelMap[],
): Pick<Settings, "channel_maps" | "stereo_roles"> =>
  maps.reduce(
    ({ channel_maps, stereo_roles }, map) =>
      map.source === "" && map.direction === null
        ? { channel_maps, stereo_roles: map.roles }
        : { channel_maps: [...channel_maps.filter((other) => !isSame(other, map)), map], stereo_roles },
    { channel_maps: stored.channel_maps, stereo_roles: stored.stereo_roles },
  );
