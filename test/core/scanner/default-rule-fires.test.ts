import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candle } from '../../../src/core/candle.ts';
import { type EmaCrossParameters, emaCrossStudy, judgeEmaCross } from '../../../src/core/scanner/ema-cross.ts';
import { defaultSignals, USUAL_NUMBERS } from '../../support/default-lane.ts';
import { minutesOf } from '../../support/hand-venue.ts';
import { ist } from '../../support/ist.ts';
import { nse } from '../../support/nse.ts';
import { INFY } from '../../support/tape.ts';

const A_DAY = 375;

/** Stretches of prices that stand still, or move by whole rupees: equal averages are frequent. */
const tapes = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 30 }).map((length) => Array.from({ length }, () => 0)),
    fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 60 }),
  ),
  { minLength: 1, maxLength: 14 },
);

function barsOf(stretches: readonly (readonly number[])[]): readonly Candle[] {
  let price = 500;
  const prices = stretches.flat().map((move) => {
    price += move;
    return price;
  });

  return [
    ...minutesOf(ist('2026-11-19 09:15'), prices.slice(0, A_DAY)),
    ...minutesOf(ist('2026-11-20 09:15'), prices.slice(A_DAY, 2 * A_DAY)),
  ];
}

/** The same said without sentences and without arming: a crossing says by itself that it was not so before. */
function judged(bars: readonly Candle[], numbers: EmaCrossParameters): readonly string[] {
  let study = emaCrossStudy(numbers);
  return bars.flatMap(({ close, openTime }) => {
    const before = study.value;
    study = study.next(close);
    const verdict = judgeEmaCross(numbers, before, study.value);
    return verdict.kind === 'fires' ? [`${openTime} ${verdict.side}`] : [];
  });
}

describe('the default rule', () => {
  it('fires on every crossing, whatever was unknown before it', () => {
    const numbers = fc.constantFrom<EmaCrossParameters>(
      USUAL_NUMBERS,
      { fast: 1, slow: 2, rsi: 2, momentum: 0 },
      { fast: 2, slow: 5, rsi: 3, momentum: 55 },
    );
    let fired = 0;
    fc.assert(
      fc.property(tapes, numbers, (stretches, parameters) => {
        const bars = barsOf(stretches);
        const found = defaultSignals(bars, INFY, '1m', nse(), parameters);
        const said = found.map(({ barTime, side }) => `${barTime} ${side}`);
        fired += said.length;
        expect(said).toEqual(judged(bars, parameters));
      }),
      { numRuns: 200 },
    );
    expect(fired).toBeGreaterThan(500);
  });
});
