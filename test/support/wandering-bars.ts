import type { Bar } from '../../src/core/indicators/indicator.ts';

const MINUTE_MS = 60_000;
const BARS_A_DAY = 375;
const DAY_MS = 86_400_000;
/** 09:15 in India, on a Monday. */
const FIRST_OPEN_MS = Date.UTC(2026, 0, 5, 3, 45);

/**
 * Minute bars of a price that wanders in steps of 5 paise, with a gap between days: the same for the same seed. A plain
 * walk, so that no reading is unknown for want of movement.
 */
export function wanderingBars(seed: number, count: number): readonly Bar[] {
  const random = randoms(seed);
  let close = 1_000;
  return Array.from({ length: count }, (_, index) => {
    const isFirstOfDay = index > 0 && index % BARS_A_DAY === 0;
    const open = paise(close + (isFirstOfDay ? 20 : 0.4) * (random() - 0.5));
    close = Math.max(100, paise(open + 3 * (random() - 0.5)));
    return {
      openTime: FIRST_OPEN_MS + Math.floor(index / BARS_A_DAY) * DAY_MS + (index % BARS_A_DAY) * MINUTE_MS,
      open,
      high: paise(Math.max(open, close) + random()),
      low: paise(Math.min(open, close) - random()),
      close,
      volume: 1 + Math.floor(random() * 5_000),
    };
  });
}

/** Numerical Recipes' linear congruential generator; its upper bits are random enough for prices. */
function randoms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

function paise(price: number): number {
  return Math.round(price * 20) / 20;
}
