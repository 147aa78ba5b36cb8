import { SCAN_FUNCTIONS } from './catalogue.ts';
import { BAR_FIELDS, DAY_FIELDS } from './expression.ts';

/** `abs(x)`, `greater(x, y)`, `lesser(x, y)`, and of how many numbers each is. */
export const PLAIN_FUNCTIONS = { abs: 1, greater: 2, lesser: 2 } as const;
export type PlainName = keyof typeof PLAIN_FUNCTIONS;

export function isPlainName(word: string): word is PlainName {
  return Object.hasOwn(PLAIN_FUNCTIONS, word);
}

/** Names of functions and their aliases. */
export const FUNCTION_NAMES: readonly string[] = [
  ...SCAN_FUNCTIONS.flatMap(({ name, aliases }) => [name, ...aliases]),
  ...Object.keys(PLAIN_FUNCTIONS),
];

/** Words with which a number or a condition may begin. */
export const OPENING_WORDS: readonly string[] = [
  ...BAR_FIELDS,
  ...DAY_FIELDS,
  ...FUNCTION_NAMES,
  'previous',
  'yesterday',
  'not',
  'within',
  'time',
  'symbol',
  'sector',
];

/** Words that may follow a number. */
export const OPERATOR_WORDS: readonly string[] = [
  'crosses',
  'crossed',
  'crossing',
  'above',
  'below',
  'between',
  'turns',
  'turned',
  'turning',
  'rising',
  'falling',
  'greater',
  'less',
  'is',
  'on',
];

/** Words that may follow a condition. */
export const JOINING_WORDS: readonly string[] = ['and', 'or', 'for', 'within'];

/** Names of symbols and sectors that must be quoted, because they end a name or read as part of the sentence. */
export const ENDING_WORDS: ReadonlySet<string> = new Set(['and', 'or', 'for', 'within', 'in', 'not', 'is']);
