import { Highest, Lowest, SD, OBV as TiObv, ROC as TiRoc, Stochastic as TiStochastic } from 'technicalindicators';
import { DonchianChannels, MOM, StochasticOscillator, SuperTrend, OBV as TsObv, ROC as TsRoc } from 'trading-signals';
import { expect, it } from 'vitest';
import { change, roc } from '../../../src/core/indicators/change.ts';
import { donchian } from '../../../src/core/indicators/donchian.ts';
import { highest, lowest } from '../../../src/core/indicators/extremes.ts';
import type { Bar } from '../../../src/core/indicators/indicator.ts';
import { obv } from '../../../src/core/indicators/obv.ts';
import { stddev } from '../../../src/core/indicators/stddev.ts';
import { stochastic } from '../../../src/core/indicators/stochastic.ts';
import { supertrend } from '../../../src/core/indicators/supertrend.ts';
import { readings } from '../../support/indicator-contract.ts';
import { wanderingBars } from '../../support/wandering-bars.ts';

/** Other people's programs, where these are right; docs/indicators.md tells where they are not. */
const BARS = wanderingBars(20_261_121, 3_000);
const CLOSES = BARS.map(({ close }) => close);

type Reading = number | undefined;

/** Both as long as the bars; what is unknown to either must be unknown to both. */
function expectSame(ours: readonly Reading[], theirs: readonly Reading[], tolerance = 1e-9): void {
  expect(ours.length).toBe(BARS.length);
  expect(theirs.length).toBe(BARS.length);
  expect(ours.map((value) => value === undefined)).toEqual(theirs.map((value) => value === undefined));
  const off = ours.map((value, index) => Math.abs((value ?? 0) - (theirs[index] ?? 0)));
  expect(Math.max(...off)).toBeLessThanOrEqual(tolerance);
}

/** A list that begins with the first value, filled up from the left. */
function padded(values: readonly Reading[]): readonly Reading[] {
  return [...Array<undefined>(BARS.length - values.length).fill(undefined), ...values];
}

const split = (bars: readonly Bar[]) => ({
  high: bars.map(({ high }) => high),
  low: bars.map(({ low }) => low),
  close: bars.map(({ close }) => close),
});

it('highest and lowest are those of technicalindicators', () => {
  expectSame(readings(highest(20), CLOSES), padded(Highest.calculate({ period: 20, values: CLOSES })), 0);
  expectSame(readings(lowest(20), CLOSES), padded(Lowest.calculate({ period: 20, values: CLOSES })), 0);
});

it('stddev is that of technicalindicators', () => {
  expectSame(readings(stddev(20), CLOSES), padded(SD.calculate({ period: 20, values: CLOSES })));
});

it('roc and change are those of technicalindicators and trading-signals', () => {
  expectSame(readings(roc(10), CLOSES), padded(TiRoc.calculate({ period: 10, values: CLOSES })));
  const [peer, momentum] = [new TsRoc(10), new MOM(10)];
  // A share there, percent here.
  expectSame(
    readings(roc(10), CLOSES),
    CLOSES.map((close) => known(peer.update(close, false), (share) => share * 100)),
  );
  expectSame(
    readings(change(10), CLOSES),
    CLOSES.map((close) => known(momentum.update(close, false))),
  );
});

it('stochastic is that of trading-signals, and unsmoothed that of technicalindicators', () => {
  const peer = new StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 });
  const ours = readings(stochastic(14, 3, 3), BARS);
  // It shows nothing before %D is there.
  const theirs = BARS.map((bar) => peer.update(bar, false) ?? undefined);
  expectSame(
    ours.map((value) => (value?.d === undefined ? undefined : value.k)),
    theirs.map((value) => value?.stochK),
  );
  expectSame(
    ours.map((value) => value?.d),
    theirs.map((value) => value?.stochD),
  );
  const raw = TiStochastic.calculate({ ...split(BARS), period: 14, signalPeriod: 3 });
  expectSame(
    readings(stochastic(14, 1, 3), BARS).map((value) => value?.k),
    padded(raw.map(({ k }) => k)),
  );
});

it('donchian is that of trading-signals', () => {
  const peer = new DonchianChannels(20);
  const theirs = BARS.map((bar) => peer.update(bar, false) ?? undefined);
  const ours = readings(donchian(20), BARS);
  expectSame(
    ours.map((value) => value?.upper),
    theirs.map((value) => value?.upper),
    0,
  );
  expectSame(
    ours.map((value) => value?.lower),
    theirs.map((value) => value?.lower),
    0,
  );
  expectSame(
    ours.map((value) => value?.mid),
    theirs.map((value) => value?.middle),
  );
});

it('obv is that of both', () => {
  const ours = readings(obv(), BARS);
  const volume = BARS.map((bar) => bar.volume ?? Number.NaN);
  expectSame(ours, padded(TiObv.calculate({ close: CLOSES, volume })), 0);
  const peer = new TsObv(2);
  expectSame(
    ours,
    BARS.map((bar, index) => known(peer.update({ ...bar, volume: volume[index] ?? 0 }, false))),
    0,
  );
});

it('supertrend is that of trading-signals', () => {
  const peer = new SuperTrend({ interval: 10, multiplier: 3 });
  const theirs = BARS.map((bar) => peer.update(bar, false) ?? undefined);
  expectSame(
    readings(supertrend(10, 3), BARS).map((value) => value?.line),
    theirs.map((value) => value?.supertrend),
  );
});

function known(value: number | null | undefined, read: (value: number) => number = (same) => same): Reading {
  return value === null || value === undefined ? undefined : read(value);
}
