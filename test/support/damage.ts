/** A message of a venue as it goes over the wire. */
export type Frame = string | Uint8Array;
/** The next number of a fixed sequence, from 0 up to what is given, itself excluded. */
export type Numbers = (below: number) => number;

/** Numbers that look random and are the same in every run, so that a failure can be made again (mulberry32). */
export function numbersFrom(seed: number): Numbers {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What may stand in a field of JSON where a value is expected. */
export const EXTREME_VALUES: readonly string[] = [
  'null',
  'true',
  '""',
  '0',
  '-1',
  '-0.5',
  '1e308',
  '-1e308',
  '1e999',
  '0.1e-300',
  '9007199254740993',
  '"9223372036854775807"',
  `"${'9'.repeat(40)}"`,
  '"-0"',
  '"1e5"',
  '"NaN"',
  '"Infinity"',
  '"0x10"',
  '[]',
  '{}',
  '[[[[]]]]',
  '{"__proto__":{}}',
  '"\\u0000\\ud800"',
  `"${'x'.repeat(300)}"`,
];
const PIECES: readonly string[] = ['"', '{', '}', '[', ']', ',', ':', '\\', '\n', '\u0000', '💥', 'NaN', '"type":'];
const VALUE = /:\s*("[^"]*"|[^,:{}[\]"\s]+)/g;
const NAME = /"\w+":/g;

/** The frame with one to four faults; `others` are frames whose ends it may be given. */
export function damaged(frame: Frame, others: readonly Frame[], next: Numbers): Frame {
  let broken = frame;
  for (let faults = 1 + next(4); faults > 0; faults -= 1)
    broken = typeof broken === 'string' ? damagedText(broken, others, next) : damagedBytes(broken, next);
  return broken;
}

function damagedText(text: string, others: readonly Frame[], next: Numbers): string {
  const at = next(text.length + 1);
  switch (next(8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + String.fromCharCode(next(0x300)) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + next(20));
    case 3:
      return text.slice(0, at) + oneOf(PIECES, next) + text.slice(at);
    case 4: {
      const other = oneOf(others, next);
      return typeof other === 'string' ? text.slice(0, at) + other.slice(next(other.length + 1)) : text;
    }
    case 5: {
      const digits = [...text.matchAll(/\d+/g)];
      return replaced(text, digits, `${next(10 ** (1 + next(9)))}`, next);
    }
    case 6:
      return replaced(text, [...text.matchAll(NAME)], '"other":', next);
    default:
      return replaced(text, [...text.matchAll(VALUE)], `:${oneOf(EXTREME_VALUES, next)}`, next);
  }
}

/** With another text in place of one of the matches. */
function replaced(text: string, matches: readonly RegExpExecArray[], by: string, next: Numbers): string {
  if (matches.length === 0) return text;
  const { index, 0: whole } = oneOf(matches, next);
  return text.slice(0, index) + by + text.slice(index + whole.length);
}

const EXTREME_BYTES: readonly number[] = [0x00, 0x7f, 0x80, 0xff];

function damagedBytes(bytes: Uint8Array, next: Numbers): Uint8Array {
  const at = next(Math.max(1, bytes.length));
  switch (next(6)) {
    case 0:
      return withByte(bytes, at, next(256));
    case 1:
      return withByte(bytes, at, oneOf(EXTREME_BYTES, next));
    case 2:
      return withByte(bytes, at, (bytes[at] ?? 0) ^ (1 << next(8)));
    case 3:
      return bytes.slice(0, at);
    case 4:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + next(4))]);
    default:
      return Uint8Array.from([...bytes.subarray(0, at), next(256), ...bytes.subarray(at)]);
  }
}

function withByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  if (at < changed.length) changed[at] = byte;
  return changed;
}

function oneOf<Value>(values: readonly Value[], next: Numbers): Value {
  const value = values[next(values.length)];
  if (value === undefined) throw new Error('There is nothing to choose from.');
  return value;
}
