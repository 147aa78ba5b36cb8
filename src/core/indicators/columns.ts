import { AppError } from '../errors.ts';
import { COLUMN_KINDS, type ColumnKind } from './column-kinds.ts';
import type { Study } from './study.ts';
import type { DayOf } from './vwap.ts';

/** A column of readings: feed its study bar by bar and read `value`. */
export interface Column {
  /** As it was written, without the spaces around it. */
  readonly name: string;
  readonly study: Study;
}

const BY_NAME: ReadonlyMap<string, ColumnKind> = new Map(COLUMN_KINDS.map((kind) => [kind.name, kind]));

/** Name and numbers of `macd(12, 26, 9)`. */
const CALL = /^([a-z_]+)\s*\(([^()]*)\)$/;
/** Name, period and variant of `ema9`, `plus_di14` and `atr14_talib`. */
const SHORT = /^([a-z_]*[a-z])(\d+)(_[a-z]+)?$/;
const NUMBER = /^\d+(\.\d+)?$/;

/**
 * The columns a comma-separated list names, such as `ema(9),macd(12,26,9),rsi14`; commas within parentheses part
 * numbers, not names. `dayOf` tells the trading day of a bar's opening time (epoch ms), for `vwap`.
 *
 * Throws AppError `invalid-input` for a name that is not known or not well formed, with a sentence that says
 * what there is.
 */
export function parseColumns(list: string, dayOf: DayOf): readonly Column[] {
  return splitList(list).map((name) => parseColumn(name, dayOf));
}

/** The column of one name. Throws as `parseColumns` does. */
export function parseColumn(name: string, dayOf: DayOf): Column {
  const written = name.trim();
  const { kind, numbers } = resolve(written);
  try {
    return { name: written, study: kind.build(numbers, dayOf) };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new AppError('invalid-input', `The column "${written}" cannot be made: ${cause.message}`, { cause });
  }
}

/** How a column is written, numbers by name: `ema(n)`, `macd(fast,slow,signal)`, `vwap`. */
export function columnForm({ name, parameters }: ColumnKind): string {
  return parameters.length === 0 ? name : `${name}(${parameters.join(',')})`;
}

function resolve(written: string): { readonly kind: ColumnKind; readonly numbers: readonly number[] } {
  const { name, arguments: given } = taken(written);
  const kind = BY_NAME.get(name);
  if (kind === undefined) {
    const known = COLUMN_KINDS.map(columnForm).join(', ');
    throw new AppError('invalid-input', `There is no column "${written}". There are: ${known}.`);
  }
  if (given.length === 0 && kind.usual !== undefined) return { kind, numbers: kind.usual };
  if (given.length !== kind.parameters.length || !given.every((number) => NUMBER.test(number)))
    throw new AppError(
      'invalid-input',
      `The column "${written}" is not well formed. Write it as ${columnForm(kind)}${example(kind)}.`,
    );
  return { kind, numbers: given.map(Number) };
}

function example({ name, parameters, usual }: ColumnKind): string {
  if (parameters.length === 0) return '';
  return usual === undefined
    ? `, for example ${name}(14)`
    : `, for example ${name}(${usual.join(',')}), or just ${name}`;
}

/** The name without its numbers, and the numbers as text. */
function taken(written: string): { readonly name: string; readonly arguments: readonly string[] } {
  const lower = written.toLowerCase();
  const call = CALL.exec(lower);
  if (call !== null) {
    const [, name = '', inside = ''] = call;
    return { name, arguments: inside.trim() === '' ? [] : inside.split(',').map((number) => number.trim()) };
  }
  const short = SHORT.exec(lower);
  if (short !== null) {
    const [, name = '', period = '', variant = ''] = short;
    return { name: name + variant, arguments: [period] };
  }
  return { name: lower, arguments: [] };
}

/** Cuts at the commas outside parentheses. */
function splitList(list: string): readonly string[] {
  const names: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < list.length; at += 1) {
    const character = list[at];
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) break;
    if (character !== ',' || depth > 0) continue;
    names.push(list.slice(from, at));
    from = at + 1;
  }
  if (depth !== 0)
    throw new AppError(
      'invalid-input',
      `The parentheses in "${list}" do not match. Write columns like ema(9),rsi(14).`,
    );
  names.push(list.slice(from));
  if (names.some((name) => name.trim() === ''))
    throw new AppError('invalid-input', `There is an empty name in "${list}". Write columns like ema(9),rsi(14).`);
  return names;
}
