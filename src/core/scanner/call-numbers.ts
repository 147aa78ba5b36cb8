import { isTimeframe } from '../timeframe.ts';
import type { TextSpan } from './expression.ts';
import { SCAN_LIMITS } from './limits.ts';
import type { Reader } from './reader.ts';
import type { ScanFunction, ScanNumber } from './scan-function.ts';

/** A number of a call, and where it stands. */
export interface GivenNumber extends TextSpan {
  readonly value: number;
}

/** All numbers of a call that begins at `start`: those given, checked, and the usual ones for those left out. */
export function fillIn(
  reader: Reader,
  scanFunction: ScanFunction,
  given: readonly GivenNumber[],
  start: number,
): readonly number[] {
  const { name, numbers, example } = scanFunction;
  const extra = given[numbers.length];
  const asMinutes = `${extra?.value}m`;
  if (extra !== undefined && numbers.length > 0 && isTimeframe(asMinutes))
    throw reader.fault(
      `${name} takes ${manyNumbers(numbers)}: write ${example}. A timeframe has its unit: ${asMinutes}.`,
      extra,
      asMinutes,
    );
  if (extra !== undefined)
    throw reader.fault(
      numbers.length === 0
        ? `${name} takes no numbers: write ${example}.`
        : `${name} takes ${manyNumbers(numbers)}: write ${example}.`,
      extra,
    );
  const whole = { start, end: reader.end };
  const all = numbers.map((number, index) => {
    const written = given[index];
    const value = written?.value ?? number.usual;
    // "ema 9": the number stands beside it.
    if (value === undefined && given.length === 0 && reader.token.kind === 'number' && reader.token.unit === '')
      throw reader.fault(
        `The ${number.name} of ${name} stands in parentheses, as in ${example}.`,
        { start, end: reader.token.end },
        `${reader.since(start)}(${reader.token.text})`,
      );
    if (value === undefined)
      throw reader.fault(
        `${name} needs its ${number.name}, as in ${example}.`,
        whole,
        withNumber(reader, whole, example),
      );
    const fault = written === undefined ? undefined : outOfRange(name, number, value);
    if (written !== undefined && fault !== undefined) throw reader.fault(fault.message, written, fault.meant);
    return value;
  });
  const fault = scanFunction.fault(all);
  if (fault !== undefined) throw reader.fault(fault, whole);
  return all;
}

function manyNumbers(numbers: readonly ScanNumber[]): string {
  const many = numbers.length === 1 ? 'one number' : `${numbers.length} numbers`;
  return `${many}, ${numbers.map(({ name }) => name).join(', ')}`;
}

/** What was written, with a period: `sma(volume)` is meant to be `sma(volume, 20)`. */
function withNumber(reader: Reader, { start, end }: TextSpan, example: string): string {
  const written = reader.text.slice(start, end);
  const inside = /\((?<inside>.*)\)$/su.exec(written)?.groups?.['inside']?.trim();
  if (inside === undefined || inside === '') return /^\w+\([^()]*\)/u.exec(example)?.[0] ?? `${written}(20)`;
  return `${written.slice(0, written.indexOf('('))}(${inside}, 20)`;
}

function outOfRange(
  name: string,
  { name: number, isBars, least }: ScanNumber,
  value: number,
): { readonly message: string; readonly meant: string | null } | undefined {
  if (!isBars)
    return value > least
      ? undefined
      : { message: `The ${number} of ${name} must be above ${least}.`, meant: String(least + 1) };
  if (Number.isInteger(value) && value >= least && value <= SCAN_LIMITS.period) return undefined;
  const meant = Math.min(SCAN_LIMITS.period, Math.max(least, Math.round(value)));
  return {
    message: `The ${number} of ${name} is a whole number of bars, from ${least} to ${SCAN_LIMITS.period}.`,
    meant: String(meant),
  };
}
