import { findFunction } from './catalogue.ts';
import type { CheckFacts } from './check-facts.ts';
import { rangeOf } from './check-range.ts';
import type { Condition, Expression, NumberExpression, TextSpan } from './expression.ts';
import { formatNumber, formatScan } from './format.ts';
import type { TextWarning } from './problem.ts';
import { isConstant, walk } from './walk.ts';

type Places = ReadonlyMap<Expression, TextSpan>;
const SHOWN = 3;

/** Warnings about single numbers: they repaint, lack volume or history, or are compared in vain. */
export function plainWarnings(condition: Condition, places: Places, facts: CheckFacts): readonly TextWarning[] {
  const nodes = [...walk(condition)];
  const at = (node: Expression) => places.get(node) ?? { start: 0, end: 0 };
  const warnings: TextWarning[] = [];
  for (const node of nodes) {
    if (node.kind === 'on' && node.forming)
      warnings.push({
        kind: 'repaints',
        ...at(node),
        message: `${formatNumber(node)} repaints: the bar of ${node.timeframe} is still in progress, so what it said may have changed when it closes. Without "forming" the last closed bar counts.`,
        suggestion: formatNumber({ ...node, forming: false }),
      });
    if (node.kind === 'compare' && isLineAsDirection(node))
      warnings.push({
        kind: 'style',
        ...at(node),
        message:
          'Supertrend alone is its line, a price. Its direction, 1 for up and -1 for down, is supertrend.direction.',
        suggestion: null,
      });
    else if (node.kind === 'compare' && isHardlyEver(node))
      warnings.push({
        kind: 'style',
        ...at(node),
        message: `Prices and readings are hardly ever exactly ${node.op === '=' ? 'the same' : 'so; they nearly always differ'}. Say how near they must be, or use >= or <=.`,
        suggestion: node.op === '=' ? nearly(node) : null,
      });
  }
  const needy = nodes.find(needsVolume);
  if (needy !== undefined && facts.withoutVolume.length > 0)
    warnings.push({ kind: 'volume', ...at(needy), message: volumeMessage(facts.withoutVolume), suggestion: null });
  for (const { timeframe, bars } of facts.needs) {
    const stored = facts.stored?.get(timeframe);
    if (stored !== undefined && stored < bars)
      warnings.push({
        kind: 'warm-up',
        ...at(condition),
        message: `This needs ${bars} bars of ${timeframe}, and ${stored} are stored: until there are enough, it may be unknown or unsettled.`,
        suggestion: null,
      });
  }
  return warnings;
}

function needsVolume(node: Expression): boolean {
  if (node.kind === 'field') return node.name.endsWith('volume');
  return node.kind === 'call' && (findFunction(node.name)?.needsVolume ?? false);
}

function volumeMessage(symbols: readonly string[]): string {
  const shown = symbols.slice(0, SHOWN).join(', ');
  const rest = symbols.length > SHOWN ? ` and ${symbols.length - SHOWN} more` : '';
  const [have, them] = symbols.length === 1 ? ['has', 'it'] : ['have', 'them'];
  return `${shown}${rest} ${have} no volume, so this is never known for ${them}.`;
}

/** Two series compared for being the same, or a price and a plain number; directions and volumes are whole. */
function isHardlyEver({ op, left, right }: Extract<Condition, { kind: 'compare' }>): boolean {
  if (op !== '=' && op !== '!=') return false;
  const moving = [left, right].filter((side) => !isConstant(side));
  return moving.length > 0 && !moving.some((side) => isWhole(side) || isExtreme(side) || rangeOf(side) === undefined);
}

/** A high or low is one of the prices: `open = low`, `high = max(high, 20)`. */
function isExtreme(expression: NumberExpression): boolean {
  switch (expression.kind) {
    case 'field':
      return /(?:high|low)$/u.test(expression.name);
    case 'call':
      return ['max', 'min', 'donchian'].includes(expression.name);
    case 'offset':
    case 'on':
      return isExtreme(expression.of);
    default:
      return false;
  }
}

/** `supertrend = 1`, `supertrend > 0`. */
function isLineAsDirection({ left, right }: Extract<Condition, { kind: 'compare' }>): boolean {
  const isLine = (side: NumberExpression): boolean =>
    side.kind === 'offset' || side.kind === 'on'
      ? isLine(side.of)
      : side.kind === 'call' && side.name === 'supertrend' && side.part !== 'direction';
  const isSmall = (side: NumberExpression): boolean =>
    side.kind === 'negate' ? isSmall(side.of) : side.kind === 'number' && side.value <= 1;
  return (isLine(left) && isSmall(right)) || (isSmall(left) && isLine(right));
}

function isWhole(expression: NumberExpression): boolean {
  switch (expression.kind) {
    case 'field':
      return expression.name.endsWith('volume');
    case 'call':
      return (
        expression.part === 'direction' ||
        expression.name === 'obv' ||
        (expression.source !== undefined && isWhole(expression.source))
      );
    case 'offset':
    case 'on':
    case 'negate':
      return isWhole(expression.of);
    default:
      return false;
  }
}

function nearly({ left, right }: Extract<Condition, { kind: 'compare' }>): string {
  const apart: NumberExpression = {
    kind: 'plain',
    name: 'abs',
    of: [{ kind: 'arithmetic', op: '-', left, right }],
  };
  return formatScan({ kind: 'compare', op: '<=', left: apart, right: { kind: 'number', value: 0.1 } });
}
