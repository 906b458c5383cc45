/** Addresses behind `#`, with their own search part: `#/case/1?t=12.4,18.9`. The window needs no server for them. */
import { useSyncExternalStore } from "react";

function subscribe(callback: () => void): () => void {
  window.addEventListener("hashchange", callback);
  return () => window.removeEventListener("hashchange", callback);
}

function whole(): string {
  const hash = window.location.hash.replace(/^#/, "");
  return hash.startsWith("/") ? hash : `/${hash}`;
}

const path = () => whole().split("?", 1)[0] ?? "/";
const search = () => whole().split("?")[1] ?? "";

/** Goes to `to`; with `replace` the step back skips the place left. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) {
    const url = new URL(window.location.href);
    url.hash = to;
    window.history.replaceState(null, "", url);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    window.location.hash = to;
  }
}

/** For wouter's `Router hook`. */
export function useHashPath(): [string, typeof navigate] {
  return [useSyncExternalStore(subscribe, path), navigate];
}
useHashPath.hrefs = (href: string) => `#${href}`;

/** For wouter's `Router searchHook`. */
export function useHashSearch(): string {
  return useSyncExternalStore(subscribe, search);
}
