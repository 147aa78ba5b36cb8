import { type EpochMs, MINUTE_MS, SECOND_MS } from './brand.ts';
import { type Calendar, isTrading } from './calendar.ts';
import { addDays } from './calendar-date.ts';
import type { Instrument } from './instrument.ts';
import { symbolOf } from './instrument.ts';
import type { Offset } from './paper-order.ts';
import { levelsOf } from './protective-levels.ts';
import type { PaperPlan } from './rule.ts';
import type { Inputs, Side } from './signal.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from './timeframe.ts';

/** A price older than this, and than one bar of the rule, is not known any more. Longer than the slowest scan by polling. */
export const STALE_MS = 10 * MINUTE_MS + 30 * SECOND_MS;

/** All that decides whether a signal may become an order. */
export interface EntryFacts {
  readonly plan: PaperPlan;
  readonly side: Side;
  readonly timeframe: Timeframe;
  readonly inputs: Inputs;
  readonly instrument: Instrument;
  readonly calendar: Calendar;
  readonly now: EpochMs;
  /** The newest price, and when it came. */
  readonly price: { readonly ltp: number; readonly at: EpochMs } | undefined;
  /** What the plan's stop and target come to; undefined where it has none, or they cannot be known. */
  readonly stop: Offset | undefined;
  readonly target: Offset | undefined;
  /** From the settings. */
  readonly isOn: boolean;
  readonly mostEntriesADay: number;
  readonly entriesToday: number;
  /** Shares held through this rule; below zero for a short. */
  readonly held: number;
  /** The side of an entry of this rule that waits to be filled. */
  readonly waiting: Side | undefined;
}

/** Why a signal becomes no order, as a sentence; undefined when it may. The first reason found is told. */
export function refusalOf(facts: EntryFacts): string | undefined {
  for (const check of [settingsFault, quantityFault, barFault, marketFault, priceFault, heldFault, levelFault]) {
    const fault = check(facts);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function settingsFault({ isOn, entriesToday, mostEntriesADay }: EntryFacts): string | undefined {
  if (!isOn) return 'Paper orders are switched off in Settings.';
  if (entriesToday < mostEntriesADay) return undefined;
  return `The ${mostEntriesADay} entries that Settings allow a day are used up.`;
}

function quantityFault({ plan: { quantity }, instrument }: EntryFacts): string | undefined {
  const name = symbolOf(instrument.key);
  if (instrument.segment === 'nse-index') return `${name} is an index: it cannot be bought or sold.`;
  if (!Number.isFinite(quantity) || quantity <= 0) return `The rule's quantity is ${quantity}: it must be above 0.`;
  const lots = quantity / instrument.lotSize;
  if (Math.abs(lots - Math.round(lots)) <= 1e-9 * Math.max(1, lots) && Math.round(lots) > 0) return undefined;
  return `${name} trades in lots of ${instrument.lotSize}: a quantity of ${quantity} is no multiple of that.`;
}

function barFault({ inputs }: EntryFacts): string | undefined {
  return inputs === 'whole' ? undefined : 'Not every bar that the signal rests on was told whole.';
}

function marketFault({ calendar, now, timeframe }: EntryFacts): string | undefined {
  const session = calendar.session(calendar.dateOf(now));
  if (session === undefined || !isTrading(session, now)) {
    const hint = isIntraday(timeframe) ? '' : ' A rule on days or longer fires after the close and cannot trade.';
    return `The market was closed when the rule fired.${hint}`;
  }
  if (now < session.close - MINUTE_MS || goesOn(calendar, now)) return undefined;
  return 'Less than a minute of continuous trading was left.';
}

/** Whether the next session follows without a pause, as round the clock. */
function goesOn(calendar: Calendar, time: EpochMs): boolean {
  const date = calendar.dateOf(time);
  const session = calendar.session(date);
  return session !== undefined && calendar.session(addDays(date, 1))?.open === session.close;
}

/** Whether both times lie in one stretch of trading, with no close between them. */
export function isSameSession(calendar: Calendar, from: EpochMs, to: EpochMs): boolean {
  const [first, last] = [calendar.dateOf(from), calendar.dateOf(to)];
  return first === last || (addDays(first, 1) === last && goesOn(calendar, from));
}

function priceFault({ price, now, timeframe, instrument }: EntryFacts): string | undefined {
  const name = symbolOf(instrument.key);
  if (price === undefined || !(price.ltp > 0)) return `No price of ${name} is known.`;
  const bar = isIntraday(timeframe) ? INTRADAY_MS[timeframe] : 0;
  if (now - price.at <= Math.max(STALE_MS, bar)) return undefined;
  return `The newest price of ${name} is ${Math.floor((now - price.at) / MINUTE_MS)} minutes old.`;
}

function heldFault({ side, held, waiting }: EntryFacts): string | undefined {
  const word = side === 'buy' ? 'long' : 'short';
  if (held !== 0 && held > 0 === (side === 'buy'))
    return `The rule is ${word} already, and adds nothing to a position.`;
  return waiting === side ? `An order of the rule to go ${word} waits already.` : undefined;
}

/** What has a stop is never opened without it. */
function levelFault({ plan, stop, target, side, price, instrument }: EntryFacts): string | undefined {
  if ((plan.stop !== null && stop === undefined) || (plan.target !== null && target === undefined))
    return 'The average true range of 14 bars is not known yet, so stop and target are not either.';
  const levels = levelsOf({ stop, target }, side, price?.ltp ?? 0, instrument.tickSize);
  for (const [word, level] of [
    ['stop', levels.stop],
    ['target', levels.target],
  ] as const)
    if (level !== undefined && level <= 0) return `The ${word} would lie below a price of 0.`;
  return undefined;
}
