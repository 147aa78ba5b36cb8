/** A piece of a text. Anything at all can be lexed: what nothing can be made of is `odd`. */
export interface Token {
  readonly kind: 'number' | 'clock' | 'word' | 'sign' | 'quoted' | 'open-quote' | 'odd' | 'end';
  /** As written. */
  readonly text: string;
  /** What it says: a word in small letters and without `'s`, a sign in its plain form, a quoted name without its quotes. */
  readonly says: string;
  /** Of a number: its value, and the letters that follow it without a space (`15m`, `2k`). */
  readonly value: number;
  readonly unit: string;
  readonly start: number;
  readonly end: number;
}

const SPACE = /\s+/uy;
const CLOCK = /\d{1,2}:\d{1,2}(?!\d)/uy;
const NUMBER = /(?<value>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)(?<unit>[\p{L}_][\p{L}\p{N}_]*)?/uy;
/** "yesterday's" is one word. */
const WORD = /(?<base>[\p{L}_][\p{L}\p{M}\p{N}_]*)(?:['’][sS](?![\p{L}\p{N}]))?/uy;
const QUOTED = /"[^"]*"|'[^']*'|“[^”]*”|‘[^’]*’/uy;
const SIGN = /[<>=!]=|=[<>]|<>|&&|\|\||[<>=!+\-*/()[\].,%≥≤≠×÷−–]/uy;
const QUOTES = '"\'“‘';

/** Signs as other keyboards and programs write them. `=>` and `=<` stay: they are mistakes, and said to be. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ['≥', '>='],
  ['≤', '<='],
  ['≠', '!='],
  ['<>', '!='],
  ['==', '='],
  ['×', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
]);

/** The pieces of a text in order; the last is its end. Takes time in proportion to the text's length. */
export function lex(text: string): readonly [Token, ...Token[]] {
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = skipSpace(text, token.end);
  }
  const end = plain('end', '', text.length);
  const [first = end, ...others] = tokens;
  return first === end ? [end] : [first, ...others, end];
}

function skipSpace(text: string, at: number): number {
  return at + (matchAt(SPACE, text, at)?.[0].length ?? 0);
}

function tokenAt(text: string, at: number): Token {
  const clock = matchAt(CLOCK, text, at);
  if (clock !== undefined) return plain('clock', clock[0], at);
  const number = matchAt(NUMBER, text, at);
  if (number !== undefined) {
    const { value = '', unit = '' } = number.groups ?? {};
    return { ...plain('number', number[0], at), value: Number(value), unit: unit.toLowerCase() };
  }
  const word = matchAt(WORD, text, at);
  if (word !== undefined) return { ...plain('word', word[0], at), says: (word.groups?.['base'] ?? '').toLowerCase() };
  const sign = matchAt(SIGN, text, at);
  if (sign !== undefined) return { ...plain('sign', sign[0], at), says: PLAIN.get(sign[0]) ?? sign[0] };
  const quoted = matchAt(QUOTED, text, at);
  if (quoted !== undefined) return { ...plain('quoted', quoted[0], at), says: tidyName(quoted[0].slice(1, -1)) };
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (QUOTES.includes(character)) return plain('open-quote', text.slice(at), at);
  return plain('odd', character, at);
}

/** A name without what surrounds it, and with single spaces. */
export function tidyName(name: string): string {
  return name.trim().replace(/\s+/gu, ' ');
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function plain(kind: Token['kind'], text: string, start: number): Token {
  return { kind, text, says: text, value: Number.NaN, unit: '', start, end: start + text.length };
}
