import { findFunction } from '../../../../../core/scanner/catalogue.ts';
import { lex, type Token } from '../../../../../core/scanner/lex.ts';
import { FOLLOWERS, FRAMES, OPENERS, type Word } from './vocabulary.ts';

export interface Names {
  readonly sectors: readonly string[];
  readonly symbols: readonly string[];
}

export interface Suggestion {
  /** Where the word that is being written begins. */
  readonly from: number;
  readonly words: readonly Word[];
}

/** What begins with these is one word of several: `previous day h`. */
const UNFINISHED = /(?:(?:previous\s+)?day\s+|(?:crosses|turning)\s+)?[\p{L}_][\p{L}\p{N}_]*$/iu;
const FRAME = /\d+[a-z]*$/i;
const OPENING_SIGNS = ['(', '>', '>=', '<', '<=', '=', '!=', '+', '-', '*', '/', ','];
const OPENING_WORDS = ['and', 'or', 'not', 'above', 'below', 'of', 'between'];
const STATING = ['is', 'not', 'in', 'one', 'of'];
/** A name with one of these would end where it should not. */
const SPECIAL = /[,()"“”]|\b(and|or|for|within|in|not|is)\b/iu;

/** What could be written at `at`, the likely first; nothing before a word has begun, unless somebody asks. */
export function suggestWords(text: string, at: number, asked: boolean, names: Names): Suggestion | undefined {
  const before = text.slice(0, at);
  const tokens = lex(before).filter(({ kind }) => kind !== 'end');
  const parts = partsBefore(tokens, before);
  if (parts !== undefined) return parts;
  if (tokens.at(-1)?.kind === 'open-quote') return undefined;

  const word = UNFINISHED.exec(before);
  const number = FRAME.exec(before);
  const from = word?.index ?? number?.index ?? at;
  const last = tokens.findLast(({ end }) => end <= from);
  if (isFrame(last, tokens)) return { from, words: FRAMES };
  const list = listOf(tokens, from);
  if (list !== undefined)
    return { from: list.from, words: namesOf(list.of === 'sector' ? names.sectors : names.symbols) };
  if (number !== null && word === null) return undefined;
  if (word === null && !asked) return undefined;
  const opens = last === undefined || OPENING_SIGNS.includes(last.says) || OPENING_WORDS.includes(last.says);
  return { from, words: opens ? OPENERS : [...FOLLOWERS, ...(asked ? [] : OPENERS)] };
}

/** After `bollinger(20, 2).`: its parts. */
function partsBefore(tokens: readonly Token[], before: string): Suggestion | undefined {
  const [, typed = ''] = /\.([a-z]*)$/i.exec(before) ?? [];
  const dot = tokens.findLast(({ says, end }) => says === '.' && end === before.length - typed.length);
  if (dot === undefined) return undefined;
  let depth = 0;
  for (let index = tokens.indexOf(dot) - 1; index >= 0; index -= 1) {
    const token = tokens[index];
    if (token?.says === ')') depth += 1;
    if (token?.says === '(') depth -= 1;
    if (depth > 0 || token?.kind !== 'word') continue;
    const found = findFunction(token.says);
    if (found === undefined || found.parts.length === 0) return undefined;
    return {
      from: dot.end,
      words: found.parts.map((part) => ({ label: part, detail: found.name, means: `its ${part}`, kind: 'field' })),
    };
  }
  return undefined;
}

function isFrame(last: Token | undefined, tokens: readonly Token[]): boolean {
  if (last?.says === 'forming') return true;
  // `sector on` is no timeframe, but nobody writes it.
  return last?.kind === 'word' && last.says === 'on' && tokens.length > 1;
}

/** Inside `sector in (A, B`, or after `sector is`: where the name being written begins. */
function listOf(
  tokens: readonly Token[],
  from: number,
): { readonly of: 'sector' | 'symbol'; readonly from: number } | undefined {
  const head = tokens.findLastIndex(({ says }) => says === 'sector' || says === 'symbol');
  const named = tokens[head];
  const after = tokens.slice(head + 1);
  const start = after.findIndex(({ says }) => !STATING.includes(says));
  const stating = start === -1 ? after : after.slice(0, start);
  const inside = after.slice(stating.length);
  if (named === undefined || stating.length === 0) return undefined;
  const isList = stating.some(({ says }) => says === 'in' || says === 'of');
  if (isList ? inside[0]?.says !== '(' : inside.some(({ says }) => says === 'and' || says === 'or')) return undefined;
  if (inside.some(({ says }) => says === ')')) return undefined;
  const opening = inside.findLast(({ says }) => says === ',' || says === '(');
  const first = inside.find((token) => token.start >= (opening?.end ?? 0));
  return { of: named.says === 'sector' ? 'sector' : 'symbol', from: first?.start ?? from };
}

function namesOf(names: readonly string[]): readonly Word[] {
  return names.map((name) => ({
    label: name,
    insert: SPECIAL.test(name) ? `"${name}"` : name,
    detail: '',
    means: name,
    kind: 'name',
  }));
}
