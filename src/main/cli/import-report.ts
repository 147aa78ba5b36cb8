import type { InstrumentKey } from '../../core/brand.ts';
import { HOUR_MS } from '../../core/brand.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import type { CheckedFile, RowFault } from '../files/check-file.ts';

/** What became of one instrument's rows in one file. */
export interface ImportReport {
  readonly file: string;
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly rows: number;
  readonly checked: CheckedFile;
  /** Sessions of which every bar is there. */
  readonly wholeSessions: number;
  /** Stored bars that the file changed; 0 when nothing was stored. */
  readonly changed: number;
}

/** How many lines are named of each reason. */
const NAMED_LINES = 5;

const WORDS: Readonly<Record<RowFault, string>> = {
  'not-a-number': 'a field is missing, too many, or no number; a clock time needs its zone',
  'bad-time': 'the time is not one of a market',
  'bad-price': 'a price is not above zero, or beyond all measure',
  'high-below-low': 'the high lies below the low',
  'outside-range': 'open or close lies outside low and high',
  'bad-volume': 'the volume is negative, or beyond all measure',
  'wrong-zone': 'the times are of another zone',
  'outside-session': 'outside trading hours',
  'in-auction': 'in an auction, and not within a day',
  'off-grid': 'no bar of this timeframe opens then',
  overlap: 'opens inside another bar',
  future: 'has not closed yet',
  'other-instrument': 'of another instrument than the one asked for',
  contradiction: 'says otherwise than an earlier row of the same time, which stands',
};

/** As lines for a person. */
export function reportText(report: ImportReport): readonly string[] {
  const { file, instrument, timeframe, rows, checked, wholeSessions, changed } = report;
  const { candles, refused, duplicates, outOfOrder, quietRows } = checked;
  const notes = [
    duplicates > 0 && `${duplicates} repeated`,
    outOfOrder > 0 && `${outOfOrder} put in order`,
    wholeSessions > 0 && `${wholeSessions} whole sessions`,
    changed > 0 && `${changed} stored bars changed`,
    checked.auctions.length > 0 &&
      `${counted(checked.auctionRows, 'row')} made ${auctionsText(checked.auctions.length)}`,
    quietRows > 0 && `${counted(quietRows, 'row')} of auctions without a trade`,
  ].filter((note) => note !== false);
  const head = `${file}: ${instrument} ${timeframe}, ${rows} rows, ${candles.length} good, ${refusedRows(checked)} refused`;
  return [
    [head, ...notes].join(' · '),
    ...refused.map(({ reason, lines }) => {
      const named = lines.slice(0, NAMED_LINES).join(', ');
      const more = lines.length > NAMED_LINES ? ', …' : '';
      const shift = reason === 'wrong-zone' ? `; ${shiftText(checked.shiftMs)}` : '';
      return `  ${reason}: ${lines.length} (${WORDS[reason]}${shift}), line ${named}${more}`;
    }),
  ];
}

/** As JSON; `store` is where the good rows went. */
export function reportsJson(reports: readonly ImportReport[], store: string | undefined): unknown {
  const total = (count: (report: ImportReport) => number): number =>
    reports.reduce((sum, each) => sum + count(each), 0);
  return {
    files: reports.map(reportJson),
    good: total(({ checked }) => checked.candles.length),
    refused: total(({ checked }) => refusedRows(checked)),
    store: store ?? null,
  };
}

function reportJson(report: ImportReport): unknown {
  const { file, instrument, timeframe, rows, checked, wholeSessions, changed } = report;
  const { candles, refused, duplicates, outOfOrder, shiftMs, auctions, auctionRows, quietRows } = checked;
  return {
    file,
    instrument,
    timeframe,
    rows,
    good: candles.length,
    duplicates,
    outOfOrder,
    wholeSessions,
    changed,
    auctions: { rows: auctionRows, bars: auctions.length, quiet: quietRows },
    refused: refused.map(({ reason, lines }) => ({ reason, rows: lines.length, lines: lines.slice(0, NAMED_LINES) })),
    shiftMinutes: shiftMs === undefined ? null : shiftMs / 60_000,
  };
}

/** `1 auction bar`, `2 auction bars`. */
export function auctionsText(count: number): string {
  return counted(count, 'auction bar');
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function refusedRows({ refused }: CheckedFile): number {
  return refused.reduce((sum, { lines }) => sum + lines.length, 0);
}

function shiftText(shiftMs = 0): string {
  const hours = Math.abs(shiftMs) / HOUR_MS;
  return `they fit ${hours} hours ${shiftMs < 0 ? 'earlier' : 'later'}`;
}
