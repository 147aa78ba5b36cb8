import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../core/timeframe.ts';

/** A timeframe as FCS has it. */
export interface FcsTimeframe {
  readonly timeframe: Timeframe;
  /** What a join says. */
  readonly room: string;
  /** What a REST request says: other spelling, same bars. */
  readonly period: string;
  /** The vendor's label, as it stands in recordings. */
  readonly label: string;
}

/** The nine there are, the shortest first. */
export const FCS_TIMEFRAMES: readonly FcsTimeframe[] = [
  { timeframe: '1m', room: '1', period: '1m', label: '1m' },
  { timeframe: '5m', room: '5', period: '5m', label: '5m' },
  { timeframe: '15m', room: '15', period: '15m', label: '15m' },
  { timeframe: '30m', room: '30', period: '30m', label: '30m' },
  { timeframe: '1h', room: '1H', period: '1h', label: '1h' },
  { timeframe: '4h', room: '4H', period: '4h', label: '4h' },
  { timeframe: '1d', room: '1D', period: '1D', label: '1d' },
  { timeframe: '1w', room: '1W', period: '1W', label: '1w' },
  { timeframe: '1mo', room: '1M', period: '1M', label: '1M' },
];

/** Other words for the same; a server may answer with one. `1m` and `1M` differ by their case alone. */
const ALIASES: Readonly<Record<string, string>> = {
  '1m': '1',
  '5m': '5',
  '15m': '15',
  '30m': '30',
  '60': '1H',
  '60m': '1H',
  '1h': '1H',
  '240': '4H',
  '240m': '4H',
  '4h': '4H',
  '1d': '1D',
  D: '1D',
  '1w': '1W',
  W: '1W',
  M: '1M',
};

const BY_ROOM = new Map(FCS_TIMEFRAMES.map((known) => [known.room, known]));
const BY_TIMEFRAME = new Map(FCS_TIMEFRAMES.map((known) => [known.timeframe, known]));

/** The timeframe that a word of FCS's means; undefined for a word it does not have. */
export function readTimeframe(word: string): FcsTimeframe | undefined {
  return BY_ROOM.get(word) ?? BY_ROOM.get(Object.hasOwn(ALIASES, word) ? (ALIASES[word] ?? '') : '');
}

/** How FCS calls one of ours; undefined where it has no such bars. */
export function fcsTimeframe(timeframe: Timeframe): FcsTimeframe | undefined {
  return BY_TIMEFRAME.get(timeframe);
}

const DAY_SECONDS = 86_400;

/** Length in seconds as recordings have it; null for a month, whose length differs. */
export function lengthSeconds({ timeframe }: FcsTimeframe): number | null {
  if (isIntraday(timeframe)) return INTRADAY_MS[timeframe] / 1_000;
  if (timeframe === '1mo') return null;
  return timeframe === '1w' ? 7 * DAY_SECONDS : DAY_SECONDS;
}
