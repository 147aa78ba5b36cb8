import type { ScanState } from '../../../../contract/events.ts';
import type { Alert } from '../../../../core/alert.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import type { Inputs, Signal } from '../../../../core/signal.ts';
import { formatNumber, formatPrice } from '../../format/price.ts';
import type { PriceStyle } from '../../format/price-style.ts';
import { formatCount } from '../../format/quantity.ts';
import { formatBarTime, formatClock, formatFullDate, formatSpan } from '../../format/time.ts';
import { timeframeLabel, timeframeName } from '../../format/timeframe.ts';
import { DEFAULT_RULE } from '../../stores/rule-store.ts';

const JUST_NOW_MS = 5_000;

/** What there is to say of a signal's bars; nothing where all were told or confirmed. */
export const INPUT_WORDS: Readonly<Record<Inputs, { readonly name: string; readonly means: string } | undefined>> = {
  whole: undefined,
  incomplete: {
    name: 'incomplete inputs',
    means: 'Some of the bars behind this signal were never told whole, and history could not confirm them.',
  },
  revised: {
    name: 'inputs revised',
    means: 'History changed a bar this signal was computed from. The signal is not taken back.',
  },
};

/** How long ago: `now`, `12 s`, `2 min`. Empty while nobody knows what time it is. */
export function ageText(at: EpochMs, now: EpochMs | undefined): string {
  if (now === undefined) return '';
  return now - at < JUST_NOW_MS ? 'now' : formatSpan(now - at);
}

/** `ema(9)` as a trader writes it: `EMA 9`. */
export function operandName(operand: string): string {
  const [, name, period] = /^(\w+)\((\d+)\)$/.exec(operand) ?? [];
  return name === undefined ? operand : `${name.toUpperCase()} ${period}`;
}

/** A reading: an average is a price, an oscillator is not. */
export function operandValue(operand: string, value: number, style: number | PriceStyle): string {
  return operand.startsWith('rsi') ? formatNumber(value, 1) : formatPrice(value, style);
}

/** What the forming bar would signal: "EMA 9 above EMA 21 if the bar closes here, RSI 51.2". */
export function formingReason({ rule, side, values }: Signal): string {
  // Of the default rule it is known what its averages mean; another rule's may mean anything.
  if (rule !== DEFAULT_RULE) return `Would signal a ${side} if the bar closes here`;
  const [fast, slow] = Object.keys(values).filter((operand) => operand.startsWith('ema'));
  const strength = Object.entries(values).find(([operand]) => operand.startsWith('rsi'));
  const where = side === 'buy' ? 'above' : 'below';
  const words =
    fast === undefined || slow === undefined
      ? `Would signal a ${side} if the bar closes here`
      : `${operandName(fast)} ${where} ${operandName(slow)} if the bar closes here`;
  return strength === undefined ? words : `${words}, RSI ${formatNumber(strength[1], 1)}`;
}

/** Rows of the explanation: what the rule looked at, and when. */
export function whyRows(
  signal: Signal,
  style: number | PriceStyle,
): readonly (readonly [name: string, value: string])[] {
  const { barTime, timeframe, price, values } = signal;
  return [
    ['Bar', `${formatFullDate(barTime)} ${formatBarTime(barTime, timeframe)}, ${timeframeName(timeframe)}`],
    ['Close', formatPrice(price, style)],
    ...Object.entries(values).map(
      ([operand, value]) => [operandName(operand), operandValue(operand, value, style)] as const,
    ),
  ];
}

/** One line to paste into a message. */
export function copyText({ signal, text, inputs }: Alert, style: number | PriceStyle): string {
  const { side, instrument, timeframe, price, barTime } = signal;
  const what = `${side.toUpperCase()} ${symbolOf(instrument)} ${timeframeLabel(timeframe)} at ${formatPrice(price, style)}`;
  const worth = INPUT_WORDS[inputs];
  return `${what}: ${text} (bar ${formatFullDate(barTime)} ${formatBarTime(barTime, timeframe)} IST)${worth === undefined ? '' : ` [${worth.name}]`}`;
}

/** How many were looked at: the index stands beside the fifty, as in the watchlist. `indices` are those the feed knows. */
export function symbolCount(instruments: number | undefined, indices: number): string {
  if (instruments !== undefined && indices > 0 && instruments > indices)
    return `${formatCount(instruments - indices)} + index`;
  return `${formatCount(instruments)} symbol${instruments === 1 ? '' : 's'}`;
}

/** `Last scan 10:45:00 · 50 symbols · 2 fired · 0 unknown`. */
export function scanLine(scan: ScanState | undefined, indices: number, enabled: boolean): string {
  if (!enabled) return 'All rules are off';
  if (scan?.judgedAt === undefined) return 'No scan yet';
  const { judgedAt, instruments, fired, unknown, withheld } = scan;
  return [
    `Last scan ${formatClock(judgedAt)}`,
    symbolCount(instruments, indices),
    `${formatCount(fired)} fired`,
    // The line is short: what is held back matters more than that nothing is unknown.
    ...(withheld > 0 && unknown === 0 ? [] : [`${formatCount(unknown)} unknown`]),
    ...(withheld === 0 ? [] : [`${formatCount(withheld)} withheld`]),
  ].join(' · ');
}

/** `3 withheld: waiting for history`; undefined when nothing is. */
export function withheldWords(scan: Pick<ScanState, 'withheld'> | undefined): string | undefined {
  if (scan === undefined || scan.withheld === 0) return undefined;
  return `${formatCount(scan.withheld)} withheld: waiting for history`;
}

/** Why the list is empty, so that an empty list never looks broken. `on` counts the rules that look. */
export function emptyWords(scan: ScanState | undefined, on: number): string {
  if (on === 0) return 'All rules are off, so nothing will be found.';
  const rules = on === 1 ? 'One rule judges its bars' : `${formatCount(on)} rules judge their bars`;
  if (scan?.judgedAt === undefined || scan.lastBarTime === undefined)
    return `${rules} as they close. None has closed yet.`;
  const { instruments, unknown, fired } = scan;
  const found = fired === 0 ? 'nothing' : `${formatCount(fired)}, which were cleared`;
  const looked = `The last scan, at ${formatClock(scan.judgedAt)}, looked at ${formatCount(instruments)} instrument${instruments === 1 ? '' : 's'} by ${formatCount(on)} rule${on === 1 ? '' : 's'} and found ${found}.`;
  const unjudged =
    unknown === 0 ? '' : ` ${formatCount(unknown)} could not be judged: still warming up, or without a trade.`;
  const held = withheldWords(scan);
  return `${looked}${unjudged}${held === undefined ? '' : ` ${held}.`}`;
}
