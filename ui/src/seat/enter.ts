import type { OpenedPlace } from "../ipc";

/**
 * Starts the page anew over a workspace that was just opened, where it wants to be seen first. Nothing read from the
 * one before may stay, and no screen may ask the new one for what only the old one had: so the address changes
 * without a word to the router.
 */
export function enter({ start_at }: OpenedPlace, reload = () => window.location.reload()): void {
  const url = new URL(window.location.href);
  url.hash = start_at === null ? "/cases" : `/case/${start_at}`;
  window.history.replaceState(null, "", url);
  reload();
}
