import { type ComponentType, useEffect, useState } from "react";
import { Problem } from "./Problem";
import { Skeleton } from "./Skeleton";

/**
 * A screen whose code is fetched when it is gone to, or ahead of that. Once the code is here the screen is drawn at
 * once. React's `lazy` shows its fallback for a moment even then, and lets a fallback stand for 300 ms at least.
 */
export function later<P extends object>(code: () => Promise<{ default: ComponentType<P> }>) {
  let Screen: ComponentType<P> | null = null;
  const ahead = async () => {
    Screen = (await code()).default;
  };
  function Later(props: P) {
    const [, setHere] = useState(false);
    const [error, setError] = useState<unknown>(null);
    const here = Screen !== null;
    useEffect(() => {
      if (!here) ahead().then(() => setHere(true), setError);
    }, [here]);
    if (Screen) return <Screen {...props} />;
    return error ? <Problem error={error} /> : <Skeleton />;
  }
  return Object.assign(Later, { ahead });
}
