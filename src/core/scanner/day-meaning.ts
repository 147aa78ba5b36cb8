import type { Timeframe } from '../timeframe.ts';
import type { BAR_FIELDS, Field, NumberExpression } from './expression.ts';

const PREVIOUS = 'previous day ';
const HUNDRED: NumberExpression = { kind: 'number', value: 100 };
const CLOSE: NumberExpression = { kind: 'field', name: 'close' };

/**
 * What a field of a day is made of: `previous day close` is the close of the newest closed bar of 1d (of bars of 1d
 * the one before), `day change` and `gap` are shares of it in percent. Undefined for a field that the lane counts
 * itself.
 */
export function dayMeaning(name: Field, timeframe: Timeframe): NumberExpression | undefined {
  if (name === 'day change') return change(CLOSE, previous('close', timeframe));
  if (name === 'gap') return change({ kind: 'field', name: 'day open' }, previous('close', timeframe));
  // What follows "previous day" is a field of a bar.
  return name.startsWith(PREVIOUS) ? previous(name.slice(PREVIOUS.length) as BarField, timeframe) : undefined;
}

type BarField = (typeof BAR_FIELDS)[number];

function previous(name: BarField, timeframe: Timeframe): NumberExpression {
  const of: NumberExpression = { kind: 'field', name };
  if (timeframe === '1d') return { kind: 'offset', of, bars: 1 };
  return { kind: 'on', of, timeframe: '1d', forming: false };
}

/** 100 · (now − then) / then. */
function change(now: NumberExpression, then: NumberExpression): NumberExpression {
  const rise: NumberExpression = { kind: 'arithmetic', op: '-', left: now, right: then };
  const percent: NumberExpression = { kind: 'arithmetic', op: '*', left: HUNDRED, right: rise };
  return { kind: 'arithmetic', op: '/', left: percent, right: then };
}
