import { useEffect, useState } from 'react';

/** A new render every `everyMs`, for words that age by themselves ("STALE 12 s"). Undefined rests. */
export function useTicking(everyMs: number | undefined): void {
  const [, tick] = useState(0);
  useEffect(() => {
    if (everyMs === undefined) return undefined;
    const timer = setInterval(() => tick((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
