import type { EpochMs } from '../../core/brand.ts';
import type { Candle } from '../../core/candle.ts';
import { actionsInForce, type CorporateAction } from '../../core/corporate-action.ts';
import type { Passport, PassportBar, PassportOperand } from '../../core/passport.ts';
import type { OperandReading } from '../../core/scanner/finding.ts';
import { signalId } from '../../core/signal.ts';
import { type BarGround, groundOf } from './bar-ground.ts';
import type { Found } from './found.ts';
import { versionOf } from './rule-version.ts';
import type { CandleStore } from './store-port.ts';
import type { Track } from './track.ts';

/** What a finding does not know of itself. */
export interface PassportFacts {
  /** Where provenance and marks are read. What still waits to be stored has none yet: flush the journal first. */
  readonly store: Pick<CandleStore, 'storedCandles'>;
  readonly feed: Passport['feed'];
  /** The exchange's stamp of the newest trade in the bar, and when it reached us; undefined where nobody knows. */
  readonly exchange: EpochMs | undefined;
  readonly received: EpochMs | undefined;
  /** Splits and bonuses of all instruments. */
  readonly actions: readonly CorporateAction[];
  /** The alert's `raisedAt`. */
  readonly storedAt: EpochMs;
}

/** What of a finding a passport tells. */
export type PassportFinding = Omit<Found, 'track'> & { readonly track: Pick<Track, 'instrument' | 'calendar'> };

/** Writes down why a rule fired. Throws an AppError when the disk cannot be read. */
export function makePassport(found: PassportFinding, facts: PassportFacts): Passport {
  const { finding, signal, track } = found;
  const bars = [found.bar, ...(found.before === undefined ? [] : [found.before]), ...longerOf(found)];
  return {
    version: 1,
    alert: signalId(signal),
    instrument: signal.instrument,
    segment: track.instrument.segment,
    sector: track.instrument.sector ?? null,
    timeframe: signal.timeframe,
    side: finding.side,
    barTime: finding.barTime,
    price: finding.price,
    text: finding.text,
    rule: versionOf(finding.rule),
    operands: finding.operands.map(passportOperand),
    bars: bars.map((bar) => passportBar(bar, groundOf(facts.store, bar, track.calendar))),
    firstBar: found.firstBar,
    barCount: found.barCount,
    longer: found.longerStarts.filter(({ timeframe }) => bars.some((bar) => bar.timeframe === timeframe)),
    actions: actionsBetween(found, facts.actions),
    feed: facts.feed,
    ledger: { inputs: found.inputs, bar: found.ground, late: found.isLate },
    times: {
      exchange: facts.exchange ?? null,
      received: facts.received ?? null,
      barClosed: found.barClosed,
      judged: found.judgedAt,
      stored: facts.storedAt,
    },
  };
}

/** Those after the oldest of its bars, up to its own date. */
function actionsBetween({ signal, firstBar, longerStarts, track }: PassportFinding, all: PassportFacts['actions']) {
  const { dateOf } = track.calendar;
  const oldest = dateOf(Math.min(firstBar, ...longerStarts.map((start) => start.firstBar)) as EpochMs);
  return actionsInForce(all, signal.instrument, dateOf(signal.barTime))
    .filter(({ exDate }) => exDate > oldest)
    .map(({ exDate, kind, factor }) => ({ exDate, kind, factor }));
}

/** Of the lane's longer bars those that this rule looks at. */
function longerOf({ longer, finding }: PassportFinding): readonly Candle[] {
  return longer.filter(({ timeframe }) => finding.operands.some((operand) => operand.timeframe === timeframe));
}

/** An operand as a passport keeps it. */
export function passportOperand(reading: OperandReading): PassportOperand {
  const { text, now, before, isSettled, timeframe, barTime } = reading;
  return { text, now: now ?? null, before: before ?? null, isSettled, timeframe, barTime: barTime ?? null };
}

function passportBar(bar: Candle, { provenance, marks }: BarGround): PassportBar {
  const { timeframe, openTime, open, high, low, close, volume } = bar;
  return { timeframe, openTime, open, high, low, close, volume: volume ?? null, provenance: provenance ?? null, marks };
}
