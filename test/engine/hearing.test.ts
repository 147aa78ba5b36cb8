import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/core/brand.ts';
import { Hearing } from '../../src/main/engine/hearing.ts';

/** A hearing whose lag the test sets. */
function hearingWith(ms = 0) {
  const lag = { ms };
  return { lag, hearing: new Hearing(lag) };
}

describe('Hearing', () => {
  it('tells nothing before it began and after it ended', () => {
    const { hearing } = hearingWith();
    hearing.heard(5_000);
    expect([hearing.isTelling, hearing.since, hearing.told]).toEqual([false, Number.POSITIVE_INFINITY, undefined]);
    hearing.begin(10_000);
    hearing.heard(20_000);
    expect(hearing.end()).toEqual({ open: 10_000, close: 20_000 });
    hearing.heard(30_000);
    expect([hearing.isTelling, hearing.since, hearing.told, hearing.end()]).toEqual([
      false,
      Number.POSITIVE_INFINITY,
      undefined,
      undefined,
    ]);
  });

  it('claims nothing beyond the last word', () => {
    const { hearing } = hearingWith();
    hearing.begin(10_000);
    expect(hearing.told, 'not a word yet').toBeUndefined();
    hearing.heard(12_000);
    expect(hearing.told).toEqual({ open: 10_000, close: 12_000 });
    expect(hearing.since, 'though what is to come is being heard').toBe(10_000);
  });

  it('claims nothing beyond the last trade once it is doubtful', () => {
    const { hearing } = hearingWith();
    hearing.begin(10_000);
    hearing.heard(15_000);
    hearing.traded(20_000);
    hearing.heard(30_000);
    expect(hearing.told).toEqual({ open: 10_000, close: 30_000 });
    hearing.doubt(5_000);
    expect(hearing.told).toEqual({ open: 10_000, close: 20_000 });
    hearing.heard(30_000);
    hearing.doubt(25_000);
    expect(hearing.told, 'no longer than the doubt reaches').toEqual({ open: 10_000, close: 25_000 });
    hearing.begin(40_000);
    hearing.heard(41_000);
    hearing.doubt(5_000);
    expect(hearing.told, 'not one trade yet').toBeUndefined();
  });

  it('counts by the exchange’s clock', () => {
    const { hearing } = hearingWith(300);
    hearing.begin(10_000);
    hearing.heard(20_000);
    expect(hearing.told).toEqual({ open: 9_700, close: 19_700 });
  });

  it('follows the lag while that becomes better known, and then stands', () => {
    const { hearing, lag } = hearingWith(5_000);
    hearing.begin(100_000);
    hearing.heard(101_000);
    lag.ms = 200;
    expect(hearing.since).toBe(99_800);
    hearing.heard(100_000 + 2 * MINUTE_MS + 1);
    lag.ms = 0;
    expect(hearing.since, 'two minutes on, a better lag moves the beginning no more').toBe(99_800);
  });

  it('takes back no word when the lag grows', () => {
    const { hearing, lag } = hearingWith();
    hearing.begin(0);
    hearing.heard(60_000);
    lag.ms = 30_000;
    hearing.heard(61_000);
    expect(hearing.told?.close).toBe(60_000);
  });

  it('begins anew without what it told before', () => {
    const { hearing } = hearingWith();
    hearing.begin(0);
    hearing.heard(60_000);
    hearing.end();
    hearing.begin(90_000);
    expect(hearing.told).toBeUndefined();
    hearing.heard(95_000);
    expect(hearing.told).toEqual({ open: 90_000, close: 95_000 });
  });

  it('leaves every bar as whole as it is where nobody else could tell more', () => {
    const { hearing } = hearingWith();
    hearing.begin(10_000, true);
    hearing.heard(20_000);
    expect(hearing.since).toBe(Number.NEGATIVE_INFINITY);
    expect(hearing.told, 'and claims only what it heard').toEqual({ open: 10_000, close: 20_000 });
  });
});
