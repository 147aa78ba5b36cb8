import type { BacktestReport, NoiseReport, OutcomeReport } from '../../src/contract/backtest.ts';
import type { AlertEvidence } from '../../src/contract/commands.ts';
import type { NearMiss } from '../../src/contract/rules.ts';
import { type EpochMs, type InstrumentKey, MINUTE_MS, type TradingDate } from '../../src/core/brand.ts';
import type { HitRate, Outcome, Scoreboard } from '../../src/core/outcome.ts';
import type { EvidenceLink } from '../../src/core/passport.ts';
import { samplePassport } from '../support/sample-passport.ts';
import { alertOf } from './fake-snapshot.ts';

const key = (symbol: string): InstrumentKey => `NSE:${symbol}` as InstrumentKey;
const at = (text: string): EpochMs => Date.parse(`${text}+05:30`) as EpochMs;

export function rateOf(count: number, hits: number, random: number): HitRate {
  const rate = hits / count;
  return { count, hits, rate, low: rate - 0.07, high: rate + 0.07, random, mean: 0.12 };
}

export const FAKE_BOARD: Scoreboard = {
  count: 180,
  after5: rateOf(180, 98, 0.5),
  after15: rateOf(178, 110, 0.51),
  after60: rateOf(150, 80, 0.52),
  atClose: rateOf(180, 70, 0.49),
  best: 0.84,
  worst: -0.61,
};

const OUTCOME: Outcome = { after5: 0.12, after15: 0.31, after60: -0.08, atClose: undefined, best: 0.55, worst: -0.21 };
const SYMBOLS = ['RELIANCE', 'INFY', 'AXISBANK', 'LT', 'SBIN', 'M&M'];

/** What would have been alerted: so many signals of one session, oldest first. */
export function fakeBacktest(count: number): BacktestReport {
  return {
    from: '2026-10-26' as TradingDate,
    to: '2026-11-20' as TradingDate,
    sessions: 18,
    instruments: 30,
    bars: 37_500,
    signals: Array.from({ length: count }, (_, index) => ({
      signal: {
        instrument: key(SYMBOLS[index % SYMBOLS.length] ?? 'RELIANCE'),
        timeframe: '5m',
        rule: 'ema-cross',
        side: index % 3 === 0 ? 'sell' : 'buy',
        barTime: (at('2026-11-20T09:20:00') + (index % 17) * 5 * MINUTE_MS) as EpochMs,
        price: 1_400 + index / 10,
        values: {},
      },
      text: 'EMA 9 crossed above EMA 21, RSI 58.3',
      outcome: OUTCOME,
    })),
    all: FAKE_BOARD,
    buy: FAKE_BOARD,
    sell: FAKE_BOARD,
    gaps: [{ instrument: key('JIOFIN'), reason: 'Two of the sessions have no bars.', missing: 2 }],
    elapsedMs: 640,
  };
}

export const FAKE_NOISE: NoiseReport = {
  sessions: 20,
  perDay: 14,
  busiest: { date: '2026-11-03' as TradingDate, count: 41 },
  quietDays: 1,
  repeats: 9,
  clusters: 3,
  inClusters: 21,
  cooldowns: [
    { minutes: 0, perDay: 14 },
    { minutes: 5, perDay: 13.4 },
    { minutes: 15, perDay: 11.2 },
    { minutes: 30, perDay: 8.5 },
    { minutes: 60, perDay: 6 },
    { minutes: 1_440, perDay: 3.1 },
  ],
  days: Array.from({ length: 20 }, (_, index) => ({
    date: `2026-11-${String(index + 1).padStart(2, '0')}` as TradingDate,
    count: index === 2 ? 41 : (index * 7) % 19,
  })),
  gaps: [{ instrument: key('JIOFIN'), reason: 'Two of the sessions have no bars.', missing: 2 }],
  elapsedMs: 420,
};

export const FAKE_NEAR: readonly NearMiss[] = SYMBOLS.slice(0, 4).map((symbol, index) => ({
  rule: index === 3 ? 'volume-surge' : 'ema-cross',
  instrument: key(symbol),
  side: index === 1 ? 'sell' : 'buy',
  barTime: at('2026-11-20T10:40:00'),
  holding: index === 2 ? 0 : 1,
  clauses: [
    {
      text: 'ema(9) crosses above ema(21)',
      holds: false,
      distance: 0.0007,
      values: { 'ema(9)': 1_410.2, 'ema(21)': 1_411.1 },
    },
    {
      text: 'rsi(14) > 50',
      holds: index === 2 ? null : true,
      distance: 0,
      values: { 'rsi(14)': index === 2 ? null : 57.4 },
    },
  ],
}));

export const FAKE_OUTCOMES: OutcomeReport = {
  alerts: SYMBOLS.map((symbol, index) => ({
    alert: `${key(symbol)} 5m ema-cross ${index}`,
    rule: index % 2 === 0 ? 'ema-cross' : 'volume-surge',
    instrument: key(symbol),
    side: index % 3 === 0 ? 'sell' : 'buy',
    barTime: at(`2026-11-20T10:${index}0:00`),
    outcome: OUTCOME,
    gradedAt: at('2026-11-20T11:00:00'),
    isFinal: index > 2,
    raisedAt: at(`2026-11-20T10:${index}5:00`),
  })),
  all: FAKE_BOARD,
  byRule: [
    { rule: 'volume-surge', board: { ...FAKE_BOARD, count: 60 } },
    { rule: 'ema-cross', board: { ...FAKE_BOARD, count: 120 } },
  ],
  byInstrument: SYMBOLS.map((symbol, index) => ({
    instrument: key(symbol),
    board: { ...FAKE_BOARD, count: 30 - index },
  })),
  byHour: [9, 10, 11, 12, 13, 14, 15].map((hour) => ({ hour, board: FAKE_BOARD })),
};

/** What the chain holds of an alert of RELIANCE at 10:40. */
export function fakeEvidence(alert: string): AlertEvidence {
  const toldAt = (at('2026-11-20T10:45:00') + 214) as EpochMs;
  return { link: fakeLink(alert), deliveries: [{ channel: 'desktop', outcome: 'told', at: toldAt }] };
}

export function fakeLink(alert: string): EvidenceLink {
  const barTime = at('2026-11-20T10:40:00');
  const bar = { timeframe: '5m', open: 1_409, high: 1_413.2, low: 1_408.4, close: 1_412.3, volume: 12_400 } as const;
  return {
    seq: 41,
    previous: '9f86d081884c7d65'.repeat(4),
    hash: '60303ae22b998861'.repeat(4),
    content: {
      kind: 'alert',
      passport: samplePassport(alertOf('RELIANCE', 'buy', 0, false), {
        alert,
        operands: [
          { text: 'ema(9)', now: 1_411.204_133, before: 1_410.31, isSettled: true, timeframe: '5m', barTime },
          { text: 'ema(21)', now: 1_410.9, before: 1_410.62, isSettled: true, timeframe: '5m', barTime },
          { text: 'rsi(14)', now: 58.31, before: null, isSettled: false, timeframe: '5m', barTime },
        ],
        bars: [
          { ...bar, openTime: (barTime - 5 * MINUTE_MS) as EpochMs, provenance: 'history', marks: [] },
          { ...bar, openTime: barTime, provenance: 'live', marks: [] },
        ],
        firstBar: at('2026-11-17T09:15:00'),
        barCount: 246,
        feed: { source: 'simulator', label: 'Simulated market', mode: 'streaming', status: 'live' },
        ledger: { inputs: 'whole', bar: 'live', late: false },
        times: {
          exchange: (at('2026-11-20T10:44:59') + 812) as EpochMs,
          received: (at('2026-11-20T10:44:59') + 896) as EpochMs,
          barClosed: at('2026-11-20T10:45:00'),
          judged: (at('2026-11-20T10:45:00') + 4) as EpochMs,
          stored: (at('2026-11-20T10:45:00') + 11) as EpochMs,
        },
      }),
    },
  };
}
