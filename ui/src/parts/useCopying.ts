import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";

/** How long it says that something is on the clipboard. */
const SAID_MS = 2_000;

/** Puts something on the clipboard; `isSuccess` for a moment afterwards. */
export function useCopying<T = void>(copy: (what: T) => Promise<unknown>) {
  const copying = useMutation({ mutationFn: copy });
  const { isSuccess, reset } = copying;
  useEffect(() => {
    if (!isSuccess) return;
    const timer = setTimeout(reset, SAID_MS);
    return () => clearTimeout(timer);
  }, [isSuccess, reset]);
  return copying;
}
