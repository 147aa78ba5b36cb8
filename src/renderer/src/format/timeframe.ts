import type { Timeframe } from '../../../core/timeframe.ts';

const SHORT: Partial<Record<Timeframe, string>> = { '1d': 'D', '1w': 'W', '1mo': 'M' };
const UNITS: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
};

/** What its button shows: `5s`, `15m`, `2h`, `D`, `W`, `M`. */
export function timeframeLabel(timeframe: Timeframe): string {
  return SHORT[timeframe] ?? timeframe;
}

/** Its name in words: `5 seconds`, `1 hour`. */
export function timeframeName(timeframe: Timeframe): string {
  const [, count = '', unit = ''] = /^(\d+)(\w+)$/.exec(timeframe) ?? [];
  return `${count} ${UNITS[unit] ?? unit}${count === '1' ? '' : 's'}`;
}
