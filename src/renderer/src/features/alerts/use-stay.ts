import { type RefObject, useLayoutEffect, useRef } from 'react';

interface Row {
  readonly id: string;
}

interface Placed {
  readonly key: unknown;
  readonly start: number;
  readonly end: number;
}

/** Scrolled less than this, one is at the top and wants to see what comes. */
const AT_TOP = 8;

/**
 * Keeps what is being read where it is when rows come or go above it. `placed` tells where rows stand now;
 * `startOf` where a row will stand, by its index.
 */
export function useStay(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  placed: readonly Placed[],
  startOf: (index: number) => number | undefined,
): void {
  const anchor = useRef<{ readonly id: unknown; readonly below: number }>(undefined);
  const known = useRef(rows);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const kept = anchor.current;
    if (known.current !== rows && kept !== undefined) {
      const index = rows.findIndex(({ id }) => id === kept.id);
      const start = index < 0 ? undefined : startOf(index);
      if (start !== undefined) element.scrollTop = start + kept.below;
    }
    known.current = rows;
    const top = element.scrollTop;
    const first = top < AT_TOP ? undefined : placed.find(({ end }) => end > top);
    anchor.current = first && { id: first.key, below: top - first.start };
  });
}
