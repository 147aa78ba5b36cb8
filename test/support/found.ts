import { barCloseTime } from '../../src/core/bar-time.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { defaultRule } from '../../src/core/scanner/default-rule.ts';
import type { Finding } from '../../src/core/scanner/finding.ts';
import { signalOf } from '../../src/core/scanner/finding-signal.ts';
import type { Found } from '../../src/main/engine/found.ts';
import { Hearing } from '../../src/main/engine/hearing.ts';
import { MarketLag } from '../../src/main/engine/market-lag.ts';
import { Track, type TrackOutput } from '../../src/main/engine/track.ts';
import { USUAL_NUMBERS } from './default-lane.ts';
import { ist } from './ist.ts';
import { nse } from './nse.ts';
import { INFY } from './tape.ts';

const nothing = (): undefined => undefined;
/** A track whose bars go nowhere. */
export const NOWHERE: TrackOutput = {
  store: nothing,
  auction: nothing,
  auctionSoFar: nothing,
  inferred: nothing,
  late: nothing,
  ruleBar: nothing,
  chartBar: nothing,
};

const BAR_TIME = ist('2026-11-20 10:15');

const bar: Candle = {
  instrument: INFY.key,
  timeframe: '5m',
  openTime: BAR_TIME,
  open: 1_410,
  high: 1_413,
  low: 1_409,
  close: 1_412.3,
  volume: 900,
};

const reading = (text: string, now: number, before: number) => ({
  ...{ text, now, before, isSettled: true, timeframe: '5m' as const, barTime: BAR_TIME },
});

/** The default rule fired on INFY's five minutes from 10:15, in one way or another. */
export function foundOf(change: Partial<Found> = {}): Found {
  const finding: Finding = {
    rule: defaultRule({ ...USUAL_NUMBERS, enabled: true, forming: false, timeframe: '5m' }),
    side: 'buy',
    barTime: BAR_TIME,
    price: bar.close,
    operands: [reading('ema(9)', 1_411, 1_409.5), reading('ema(21)', 1_410, 1_410.2), reading('rsi(14)', 58.31, 55.02)],
    text: 'EMA 9 crossed above EMA 21, RSI 58.3',
  };
  const calendar = nse();
  const barClosed = barCloseTime(BAR_TIME, '5m', calendar);
  return {
    track: new Track(INFY, calendar, NOWHERE, new Hearing(new MarketLag())),
    finding,
    signal: signalOf(finding, INFY.key, '5m'),
    bar,
    before: undefined,
    isLate: false,
    inputs: 'whole',
    ground: 'live',
    firstBar: ist('2026-11-17 09:15'),
    barCount: 240,
    longer: [],
    longerStarts: [],
    barClosed,
    judgedAt: (barClosed + 2_000) as EpochMs,
    ...change,
  };
}
