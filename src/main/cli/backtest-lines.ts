import type { BacktestReport } from '../../contract/backtest.ts';
import type { HitRate, Moment, Outcome, Scoreboard } from '../../core/outcome.ts';
import { istClock, istDate } from './ist-time.ts';
import { textTable } from './text-table.ts';

const FIELDS = [
  'after5',
  'after15',
  'after60',
  'atClose',
  'best',
  'worst',
] as const satisfies readonly (keyof Outcome)[];
const HEADS = ['+5', '+15', '+60', 'close', 'best', 'worst'];
const MOMENTS: readonly (readonly [Moment, string])[] = [
  ['after5', 'after 5 minutes'],
  ['after15', 'after 15 minutes'],
  ['after60', 'after 60 minutes'],
  ['atClose', 'at the close'],
];

/** A line for each signal, and one for all of them. */
export function* jsonLines({ signals, ...rest }: BacktestReport): Generator<string> {
  for (const { signal, text, outcome } of signals) {
    const percents = Object.fromEntries(FIELDS.map((field) => [field, outcome[field] ?? null]));
    yield JSON.stringify({ ...signal, text, ...percents });
  }
  yield JSON.stringify(rest, (_key, value: unknown) => value ?? null);
}

/** A table of the signals, and the scoreboards. */
export function textLines(report: BacktestReport): readonly string[] {
  const { signals, from, to, sessions, instruments, bars, elapsedMs } = report;
  const rows = signals.map(({ signal: { barTime, instrument, side, price }, text, outcome }) => [
    `${istDate(barTime)} ${istClock(barTime)}`,
    instrument,
    side,
    price,
    ...FIELDS.map((field) => percent(outcome[field])),
    text,
  ]);
  const table = rows.length === 0 ? [] : textTable(['time', 'instrument', 'side', 'price', ...HEADS, 'reason'], rows);
  const dates = from === null ? 'no session' : `${sessions} sessions, ${from} to ${to}`;
  return [
    ...table,
    `${signals.length} signals in ${dates}, from ${bars} bars of ${instruments} instruments, in ${elapsedMs} ms`,
    ...(['all', 'buy', 'sell'] as const).flatMap((side) => boardLines(side, report[side])),
  ];
}

function boardLines(name: string, board: Scoreboard): readonly string[] {
  if (board.count === 0) return [];
  const rows = MOMENTS.map(([moment, words]) => {
    const { count, hits, rate, low, high, random, mean }: HitRate = board[moment];
    return [words, `${hits}/${count}`, share(rate), `${share(low)} to ${share(high)}`, share(random), percent(mean)];
  });
  return [
    '',
    ...textTable([`${name}: ${board.count}`, 'gained', 'rate', '95 %', 'random', 'mean'], rows),
    `best ${percent(board.best)}, worst ${percent(board.worst)} on average`,
  ];
}

/** `+0.35%`; a dash where it is not known. */
function percent(value: number | undefined): string {
  if (value === undefined) return '-';
  return `${value < 0 ? '' : '+'}${value.toFixed(2)}%`;
}

/** `58.3%` of a share. */
function share(value: number | undefined): string {
  return value === undefined ? '-' : `${(100 * value).toFixed(1)}%`;
}
