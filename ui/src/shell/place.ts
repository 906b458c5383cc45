import { useLocation, useSearch } from "wouter";

/** The places of the rail. */
export type PlaceName = "library" | "live" | "sessions" | "issues" | "settings";

/** The place an address lies in. A call that is heard in a session lies in the sessions. */
export function placeOf(path: string, search: string): PlaceName {
  if (path.startsWith("/live")) return "live";
  if (path.startsWith("/session")) return "sessions";
  if (path.startsWith("/issue")) return "issues";
  if (path.startsWith("/settings")) return "settings";
  const heardIn = path.startsWith("/case/") && new URLSearchParams(search).has("session");
  return heardIn ? "sessions" : "library";
}

export function usePlace(): PlaceName {
  const [path] = useLocation();
  return placeOf(path, useSearch());
}
