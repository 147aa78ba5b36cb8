import { barCloseTime } from '../../src/core/bar-time.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { candlesOf } from '../../src/core/candle-columns.ts';
import { actionsInForce, type CorporateAction } from '../../src/core/corporate-action.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { lookBack } from '../../src/core/look-back.ts';
import type { Rule } from '../../src/core/rule.ts';
import { compileRule, looksAt, needsOf } from '../../src/core/scanner/compile-rule.ts';
import { signalOf } from '../../src/core/scanner/finding-signal.ts';
import { ScanLane } from '../../src/core/scanner/scan-lane.ts';
import { signalId } from '../../src/core/signal.ts';
import { Archive } from '../../src/main/engine/archive.ts';
import { laneContext } from '../../src/main/engine/lane-context.ts';
import { makePassport } from '../../src/main/engine/passport-maker.ts';
import { ProofDesk } from '../../src/main/engine/proof-desk.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { sampleRule } from '../core/scanner/sample-rule.ts';
import { ist } from './ist.ts';
import { nse } from './nse.ts';
import { madeUp, sessionsUpTo, wander } from './session-bars.ts';

/** A rule with nothing unusual about it, on bars of 5 minutes. */
export function plainRule(fields: Partial<Rule>): Rule {
  return sampleRule({ id: 'plain', name: 'Plain', timeframe: '5m', ...fields });
}

/** Rules that between them look at the own bars, the day's, longer ones, and far back. */
export const PROOF_RULES: readonly Rule[] = [
  plainRule({ id: 'cross', buy: 'ema(9) crosses above ema(21)', sell: 'ema(9) crosses below ema(21)' }),
  plainRule({
    id: 'day',
    buy: 'close > day open and close > previous day open and volume > 1.3 * sma(volume, 20)',
    rearm: { kind: 'condition', buy: 'close < sma(5)', sell: null },
    cooldownMinutes: 30,
  }),
  plainRule({ id: 'longer', buy: 'rsi(14, 15m) > 50 and close > max(high, 5)[1]', sell: 'close < ema(20, 15m)' }),
  // Needs many more bars of 15m than the one before it: its lane begins them earlier for both.
  plainRule({ id: 'far', buy: 'close > ema(100, 15m)', activeHours: { from: '10:00', to: '14:00' }, onlyNew: true }),
];

export const PROOF_STOCKS: readonly Instrument[] = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE', 'FFF'].map((symbol) =>
  madeUp(symbol),
);
export const PROOF_CALENDAR = nse('nse-cas');
/** The evening of the last of the days that are stored. */
export const PROOF_NOW = ist('2026-10-30 18:00');
const SESSIONS = sessionsUpTo(PROOF_CALENDAR, 12, PROOF_NOW);

/** Twelve sessions of minutes, as a feed told them. */
export function storeBars(store: Store): void {
  store.saveInstruments(PROOF_STOCKS);
  PROOF_STOCKS.forEach(({ key }, index) => {
    store.saveBars({ batches: [{ candles: wander(key, '1m', SESSIONS, index + 7), provenance: 'live' }] });
  });
}

/** Raises what the rules find on the last session, as the engine does. Answers the ids, in order. */
export function raiseFound(
  store: Store,
  { rules = PROOF_RULES, actions = [] as readonly CorporateAction[], stocks = PROOF_STOCKS } = {},
): readonly string[] {
  const today = PROOF_CALENDAR.dateOf(PROOF_NOW);
  const archive = new Archive(
    store,
    () => undefined,
    (key) => actionsInForce(actions, key, today),
  );
  return stocks.flatMap((instrument) => raiseOf({ store, archive, rules, actions }, instrument));
}

function raiseOf(
  {
    store,
    archive,
    rules,
    actions,
  }: {
    readonly store: Store;
    readonly archive: Archive;
    readonly rules: readonly Rule[];
    readonly actions: readonly CorporateAction[];
  },
  instrument: Instrument,
): readonly string[] {
  const compiled = rules.filter((rule) => looksAt(rule, instrument)).map(compileRule);
  const track = { instrument, calendar: PROOF_CALENDAR };
  const lane = new ScanLane(compiled, '5m', laneContext(track, archive));
  const own = needsOf(compiled, '5m').find(({ timeframe }) => timeframe === '5m')?.bars ?? 200;
  const from = lookBack(PROOF_CALENDAR, '5m', own, PROOF_NOW);
  const today = PROOF_CALENDAR.midnight(PROOF_CALENDAR.dateOf(PROOF_NOW));
  const ids: string[] = [];
  for (const bar of candlesOf(
    archive.load(instrument.key, '5m', PROOF_CALENDAR, from, PROOF_NOW),
    instrument.key,
    '5m',
  )) {
    const findings = lane.close(bar);
    if (bar.openTime < today) continue;
    const barClosed = barCloseTime(bar.openTime, '5m', PROOF_CALENDAR);
    for (const finding of findings) {
      const signal = signalOf(finding, instrument.key, '5m');
      const storedAt = (barClosed + 40) as EpochMs;
      const passport = makePassport(
        {
          track,
          finding,
          signal,
          bar,
          before: lane.previousBar,
          isLate: false,
          inputs: 'whole',
          ground: 'live',
          firstBar: (lane.firstOpenTime ?? bar.openTime) as EpochMs,
          barCount: lane.bars,
          longer: lane.newestLonger(),
          longerStarts: lane.longerStarts(),
          barClosed,
          judgedAt: (barClosed + 20) as EpochMs,
        },
        {
          store,
          feed: { source: 'kite', label: 'Zerodha', mode: 'streaming', status: 'live' },
          exchange: (barClosed - 1_000) as EpochMs,
          received: (barClosed - 900) as EpochMs,
          actions,
          storedAt,
        },
      );
      const id = signalId(signal);
      const alert = { id, raisedAt: storedAt, signal, text: finding.text, read: false, late: false } as const;
      store.raise({ signal, inputs: 'whole', alert: { ...alert, inputs: 'whole' }, passport, channels: ['desktop'] });
      ids.push(id);
    }
  }
  return ids;
}

export function deskOf(store: Store): ProofDesk {
  return new ProofDesk({ store, calendarOf: () => PROOF_CALENDAR, flush: () => undefined });
}
