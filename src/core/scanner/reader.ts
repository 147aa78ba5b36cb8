import type { Condition, Expression, NumberExpression, TextSpan } from './expression.ts';
import { lex, type Token } from './lex.ts';
import { SCAN_LIMITS } from './limits.ts';
import type { TextProblem } from './problem.ts';

/** Ends the reading of a text: what is wrong with it. */
export class ScanFault extends Error {
  override readonly name = 'ScanFault';
  readonly problem: TextProblem;

  constructor(problem: TextProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Where the parser is in a text, and what it has made of it so far. */
export class Reader {
  readonly text: string;
  /** Where each node stands, its own parentheses included. */
  readonly places = new Map<Expression, TextSpan>();
  /** What may stand between parentheses: the parser's own beginning, which its parts cannot import. */
  readonly readInner: (reader: Reader) => Expression;
  readonly #tokens: readonly [Token, ...Token[]];
  readonly #depths = new Map<Expression, number>();
  #at = 0;
  /** How many are open, each kind by itself: the canonical text may need parentheses around every operator. */
  readonly #open = { parentheses: 0, operators: 0 };
  #nodes = 0;

  constructor(text: string, readInner: (reader: Reader) => Expression) {
    this.text = text;
    this.readInner = readInner;
    this.#tokens = lex(text);
  }

  /** The piece that comes next; at the end of the text, its end. */
  get token(): Token {
    return this.peek(0);
  }

  /** Where the last piece that was taken ends. */
  get end(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  peek(ahead: number): Token {
    return this.#tokens[this.#at + ahead] ?? this.#tokens[this.#tokens.length - 1] ?? this.#tokens[0];
  }

  take(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  isSign(...signs: readonly string[]): boolean {
    return this.token.kind === 'sign' && signs.includes(this.token.says);
  }

  isWord(...words: readonly string[]): boolean {
    return isWord(this.token, ...words);
  }

  takeSign(...signs: readonly string[]): boolean {
    return this.isSign(...signs) && this.take() !== undefined;
  }

  takeWord(...words: readonly string[]): boolean {
    return this.isWord(...words) && this.take() !== undefined;
  }

  /** Goes on with the first piece at or after a place in the text. */
  skipTo(place: number): void {
    while (this.token.kind !== 'end' && this.token.start < place) this.#at += 1;
  }

  /** The text from a place to the end of what was taken last. */
  since(start: number): string {
    return this.text.slice(start, this.end);
  }

  fault(message: string, { start, end }: TextSpan, suggestion: string | null = null): ScanFault {
    return new ScanFault({ start, end, message, suggestion });
  }

  /** Keeps where a new node stands, and that the tree stays within its limits. */
  node<Node extends Expression>(node: Node, start: number, ...children: readonly Expression[]): Node {
    const span = { start, end: this.end };
    this.#nodes += 1;
    if (this.#nodes > SCAN_LIMITS.nodes)
      throw this.fault(
        `Too long a condition: it may have ${SCAN_LIMITS.nodes} numbers, fields, functions and operators. Make two rules of it.`,
        span,
      );
    const depth = 1 + children.reduce((most, child) => Math.max(most, this.#depths.get(child) ?? 0), 0);
    if (depth > SCAN_LIMITS.depth) throw this.tooDeep(span);
    this.#depths.set(node, depth);
    this.places.set(node, span);
    return node;
  }

  /** Reads what stands within a pair of parentheses, or belongs to an operator or call. */
  inside<Result>(kind: 'parentheses' | 'operators', read: () => Result): Result {
    this.#open[kind] += 1;
    if (this.#open[kind] > SCAN_LIMITS.depth) throw this.tooDeep(this.token);
    const result = read();
    this.#open[kind] -= 1;
    return result;
  }

  tooDeep(span: TextSpan): ScanFault {
    return this.fault(
      `Parentheses, functions and operators may stand ${SCAN_LIMITS.depth} deep inside each other. Write this part more plainly.`,
      span,
    );
  }

  /** Where a node stands; the whole text for one that is not of it. */
  placeOf(node: Expression): TextSpan {
    return this.places.get(node) ?? { start: 0, end: this.text.length };
  }
}

export function isWord(token: Token, ...words: readonly string[]): boolean {
  return token.kind === 'word' && words.includes(token.says);
}

const NUMBER_KINDS: ReadonlySet<Expression['kind']> = new Set([
  'number',
  'field',
  'call',
  'plain',
  'offset',
  'on',
  'negate',
  'arithmetic',
]);

export function isNumberExpression(expression: Expression): expression is NumberExpression {
  return NUMBER_KINDS.has(expression.kind);
}

export function isCondition(expression: Expression): expression is Condition {
  return !isNumberExpression(expression);
}
