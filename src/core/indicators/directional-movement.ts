import type { Bar } from './indicator.ts';

/** How much further a bar reached up, or down, than the one before it. At most one of the two is above 0. */
export interface DirectionalMovement {
  readonly plus: number;
  readonly minus: number;
}

/** Wilder's directional movement: the larger of the two steps counts, the other is 0; equal steps count for neither. */
export function directionalMovement(bar: Bar, before: Bar): DirectionalMovement {
  const up = bar.high - before.high;
  const down = before.low - bar.low;
  return { plus: up > down && up > 0 ? up : 0, minus: down > up && down > 0 ? down : 0 };
}
