const NEWLINE = 10;
const RETURN = 13;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
/** Up to fifteen digits, mantissa and power of ten are exact, so their quotient is the nearest double. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);
const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Which fields of a row are wanted, and where they go. */
export interface RowPlan {
  /** Names of all fields, for messages; their number is the width every row must have. */
  readonly fields: readonly string[];
  /** For each field the slot its value goes to, or -1 to leave it unread. */
  readonly slots: readonly number[];
  /** Slots that may be empty; their value is then NaN. */
  readonly optional: ReadonlySet<number>;
}

/** What is wrong with a row, as the end of a sentence that begins with its place. */
export type RowFault = string;

export interface RowReader {
  /** Takes one row's values; they are overwritten by the next. Returns what is wrong with them, if anything. */
  row(values: Float64Array, index: number): RowFault | undefined;
  /** Must throw. `line` counts from 1, the header included. */
  fail(line: number, fault: RowFault): never;
}

/**
 * Walks comma-separated numbers from byte `from` to the end, without making a string of any of them:
 * a million rows take a few tenths of a second. Blank lines are tolerated at the end only.
 * Returns the number of rows.
 */
export function readRows(bytes: Uint8Array, from: number, plan: RowPlan, { row, fail }: RowReader): number {
  const values = new Float64Array(plan.slots.length);
  const width = plan.fields.length;
  let count = 0;
  let line = 1;
  let blankLine = 0;
  for (let start = from; start < bytes.length; ) {
    line += 1;
    const newline = bytes.indexOf(NEWLINE, start);
    const next = newline < 0 ? bytes.length : newline;
    const end = next > start && bytes[next - 1] === RETURN ? next - 1 : next;
    if (isBlank(bytes, start, end)) {
      if (blankLine === 0) blankLine = line;
      start = next + 1;
      continue;
    }
    if (blankLine > 0) fail(blankLine, 'the line is empty');
    let field = 0;
    for (let at = start; at <= end; field += 1) {
      let comma = at;
      while (comma < end && bytes[comma] !== COMMA) comma += 1;
      const slot = plan.slots[field] ?? -1;
      if (slot >= 0) {
        const value = numberAt(bytes, at, comma);
        // A field that says nothing is NaN as well; only the optional ones may.
        if (Number.isNaN(value) && !(at === comma && plan.optional.has(slot))) {
          fail(line, notANumber(plan.fields[field] ?? '', text(bytes, at, comma)));
        }
        values[slot] = value;
      }
      at = comma + 1;
    }
    if (field !== width) fail(line, `there are ${field} fields where the header has ${width}`);
    const fault = row(values, count);
    if (fault !== undefined) fail(line, fault);
    count += 1;
    start = next + 1;
  }
  return count;
}

/** Upper bound of the rows from byte `from` on. */
export function countLines(bytes: Uint8Array, from: number): number {
  let lines = 1;
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}

/** The number written in bytes `[from, to)`, as `Number` reads it; NaN for anything but a plain decimal number. */
function numberAt(bytes: Uint8Array, from: number, to: number): number {
  const negative = bytes[from] === MINUS;
  let mantissa = 0;
  let digits = 0;
  let pointAt = -1;
  for (let at = negative ? from + 1 : from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits += 1;
    } else if (byte === POINT && pointAt < 0) {
      pointAt = at;
    } else {
      return slowNumber(text(bytes, from, to));
    }
  }
  if (digits === 0 || digits > EXACT_DIGITS) return slowNumber(text(bytes, from, to));
  const size = pointAt < 0 ? mantissa : mantissa / (POWERS[to - pointAt - 1] ?? 1);
  return negative ? -size : size;
}

/** Exponents, many digits, spaces around: rare, so a string will do. */
function slowNumber(field: string): number {
  const trimmed = field.trim();
  const value = PLAIN_NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (byte !== 32 && byte !== 9 && byte !== RETURN) return false;
  }
  return true;
}

function notANumber(field: string, found: string): RowFault {
  return found.trim() === '' ? `${field} is empty` : `${field} is not a number: "${found.slice(0, 40)}"`;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}
