import type { AlertEvidence } from '../../../../contract/commands.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import type { Passport, PassportBar, PassportOperand, PassportTimes, Proof } from '../../../../core/passport.ts';
import { formatNumber, formatPrice, UNKNOWN } from '../../format/price.ts';
import { groupingOf, type PriceStyle } from '../../format/price-style.ts';
import { formatCount, formatQuantity } from '../../format/quantity.ts';
import { readingText } from '../../format/reading.ts';
import { formatBarTime, formatClock, formatDate } from '../../format/time.ts';
import { timeframeLabel } from '../../format/timeframe.ts';

/** A point of an alert's path, with its distance from the one before. */
export interface PathPoint {
  readonly name: string;
  readonly at: string;
  /** `+84 ms`; empty at the first, and where the point before is unknown. */
  readonly after: string;
}

const POINTS = [
  ['exchange', 'Newest trade, by the exchange'],
  ['received', 'Received here'],
  ['barClosed', 'Bar ended'],
  ['judged', 'Judged'],
  ['stored', 'Stored'],
] as const satisfies readonly (readonly [keyof PassportTimes, string])[];

const TEN_SECONDS = 10_000;
const TWO_MINUTES = 120_000;

/** A distance in time: `+84 ms`, `+2.4 s`, `−310 ms`. */
export function stepText(ms: number): string {
  const sign = ms < 0 ? '−' : '+';
  const size = Math.abs(ms);
  if (size < TEN_SECONDS) return `${sign}${formatNumber(size, 0)} ms`;
  if (size < TWO_MINUTES) return `${sign}${formatNumber(size / 1_000, 1)} s`;
  return `${sign}${formatNumber(size / 60_000, 0)} min`;
}

/** Time of day to the millisecond: `10:45:00.084`. */
export function exactClock(time: EpochMs): string {
  return `${formatClock(time)}.${String(((time % 1_000) + 1_000) % 1_000).padStart(3, '0')}`;
}

/** When the alert passed each point, in the order of the path; points nobody knows are left out. */
export function pathPoints(times: PassportTimes): readonly PathPoint[] {
  let before: EpochMs | undefined;
  return POINTS.flatMap(([key, name]) => {
    const at = times[key];
    if (at === null) return [];
    const after = before === undefined ? '' : stepText(at - before);
    before = at;
    return [{ name, at: exactClock(at), after }];
  });
}

/** Averages that crossed differ by less than a price step: what is computed is shown this much finer. */
const FINER = 2;

/** An operand's two readings: on the bar before, and on the bar it fired on. */
export function operandReadings(
  { text, now, before }: PassportOperand,
  style: PriceStyle,
): readonly [before: string, now: string] {
  const finer = text.includes('(') ? { ...style, decimals: style.decimals + FINER } : style;
  const words = (value: number | null): string => (value === null ? UNKNOWN : readingText(text, value, finer));
  return [words(before), words(now)];
}

/** `O 1,411.00 H 1,413.20 L 1,410.50 C 1,412.30 V 12,400`; a line never ends between a letter and its number. */
export function barWords({ open, high, low, close, volume }: PassportBar, style: PriceStyle): string {
  const price = (value: number): string => formatPrice(value, style);
  const prices = `O\u00a0${price(open)} H\u00a0${price(high)} L\u00a0${price(low)} C\u00a0${price(close)}`;
  return volume === null ? prices : `${prices} V\u00a0${formatQuantity(volume, groupingOf(style))}`;
}

const PROVENANCE = {
  live: 'made here from ticks',
  history: 'told by the venue’s history',
  official: 'the exchange’s own word',
} as const;

/** `20 Nov 10:40 · 5m · made here from ticks`. */
export function barName({ openTime, timeframe, provenance, marks }: PassportBar): string {
  const day = formatDate(openTime);
  const time = formatBarTime(openTime, timeframe);
  return [
    time === day ? day : `${day} ${time}`,
    timeframeLabel(timeframe),
    provenance === null ? 'not stored yet' : PROVENANCE[provenance],
    ...marks,
  ].join(' · ');
}

const KNOWN_BY = {
  live: 'told by the feed, without a gap',
  history: 'told by history',
  'not-whole': 'not whole',
} as const;

/** How the signal's bar is known: `told by the feed, without a gap`. */
export function ledgerWords({ bar, late }: Passport['ledger']): string {
  return late ? `${KNOWN_BY[bar]}; found late` : KNOWN_BY[bar];
}

const CHANNELS: Readonly<Record<string, string>> = { desktop: 'desktop', webhook: 'webhook', telegram: 'Telegram' };
const OUTCOMES = { told: 'Told by', failed: 'Not told by', quiet: 'Kept quiet by' } as const;

/** What became of it on a channel: `Told by desktop`. */
export function deliveryWords({ channel, outcome }: AlertEvidence['deliveries'][number]): string {
  return `${OUTCOMES[outcome]} ${CHANNELS[channel] ?? channel}`;
}

/** What a recomputation found, in one sentence. */
export function proofWords(proof: Proof): string {
  switch (proof.kind) {
    case 'reproduced':
      return `Reproduced: computed again from ${formatCount(proof.bars)} stored bars, every value is the same.`;
    case 'differs': {
      const { length } = proof.differences;
      return `Computed again, ${formatCount(length)} value${length === 1 ? '' : 's'} differ${length === 1 ? 's' : ''}.`;
    }
    case 'tampered':
      return `The evidence was tampered with. ${proof.reason}`;
    case 'cannot':
      return `It cannot be proved. ${proof.reason}`;
  }
}
