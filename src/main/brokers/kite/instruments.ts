import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EpochMs, HOUR_MS, MINUTE_MS, type TradingDate } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import { addDays, IST_OFFSET_MS, midnight } from '../../../core/calendar-date.ts';
import type { SymbolRename } from '../../../core/corporate-action.ts';
import { AppError } from '../../../core/errors.ts';
import { type Instrument, symbolOf } from '../../../core/instrument.ts';
import type { Logger } from '../../engine/ports.ts';
import type { KiteApi } from './api.ts';
import { type InstrumentDump, parseInstrumentDump } from './instrument-dump.ts';
import { type MatchedInstruments, matchInstruments } from './match-instruments.ts';

/** By then the day's dump is surely there. Source: docs/wire-formats/kite.md, "Instruments dump". */
const NEW_DUMP_MS = 8 * HOUR_MS + 30 * MINUTE_MS;
/** A person is waiting for the broker to open. */
const ATTEMPTS = 2;
/** Longer than any closure of the exchange. */
const SEARCH_DAYS = 30;

/** The trading day whose dump is the newest at `now`: until half past eight that is the day before. */
export function dumpDay(now: EpochMs, calendar: Calendar): TradingDate {
  const today = calendar.dateOf(now);
  for (let back = 0; back <= SEARCH_DAYS; back += 1) {
    const day = addDays(today, -back);
    if (calendar.session(day) !== undefined && now >= midnight(day, IST_OFFSET_MS) + NEW_DUMP_MS) return day;
  }
  return today;
}

export interface InstrumentSource {
  readonly api: Pick<KiteApi, 'csv'>;
  readonly cacheDir: string;
  readonly day: TradingDate;
  readonly logger: Logger;
  readonly renames?: readonly SymbolRename[] | undefined;
}

/**
 * Finds the instruments in the dumps of their exchanges. A dump is fetched once a trading day and kept in
 * `cacheDir`; an older one stands in while Kite cannot be reached.
 *
 * Throws AppError when there is no dump at all, or when it knows none of the instruments.
 */
export async function loadInstruments(
  wanted: readonly Instrument[],
  source: InstrumentSource,
  stop: AbortSignal,
): Promise<MatchedInstruments> {
  const exchanges = new Set(wanted.map(({ key }) => key.slice(0, key.indexOf(':'))));
  const rows = [];
  for (const exchange of exchanges) rows.push(...(await loadDump(exchange, source, stop)).rows);
  const matched = matchInstruments(wanted, rows, source.renames);
  if (matched.missing.length > 0) {
    const names = matched.missing.map(symbolOf).join(', ');
    source.logger.warn('Kite does not list these instruments; they are left out.', { instruments: names });
  }
  if (matched.known.length === 0 && wanted.length > 0)
    throw new AppError('not-found', 'Kite lists none of the instruments to watch. Check their names in Settings.');
  return matched;
}

async function loadDump(
  exchange: string,
  { api, cacheDir, day, logger }: InstrumentSource,
  stop: AbortSignal,
): Promise<InstrumentDump> {
  const file = `kite-instruments-${exchange}-${day}.csv`;
  const cached = await readDump(join(cacheDir, file));
  if (cached !== undefined) return cached;
  const older = await olderDumps(cacheDir, exchange, file);
  try {
    const csv = await api.csv(`/instruments/${encodeURIComponent(exchange)}`, stop, ATTEMPTS);
    const dump = parseInstrumentDump(csv);
    if (dump.unreadable > 0) logger.warn('Rows of the instrument list were unreadable.', { rows: dump.unreadable });
    await keep(cacheDir, file, csv, logger);
    await Promise.all(older.map((name) => rm(join(cacheDir, name), { force: true })));
    return dump;
  } catch (thrown) {
    stop.throwIfAborted();
    if (!(thrown instanceof AppError) || !thrown.retryable) throw thrown;
    for (const name of older) {
      const dump = await readDump(join(cacheDir, name));
      if (dump === undefined) continue;
      logger.warn('The instrument list could not be fetched; an older one is used.', { file: name });
      return dump;
    }
    throw thrown;
  }
}

/** Undefined when there is none, or when it was damaged: both mean fetching it. */
async function readDump(path: string): Promise<InstrumentDump | undefined> {
  try {
    return parseInstrumentDump(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Names of the other days' dumps, newest first. */
async function olderDumps(cacheDir: string, exchange: string, file: string): Promise<readonly string[]> {
  const names = await readdir(cacheDir).catch(() => []);
  return names
    .filter((name) => name.startsWith(`kite-instruments-${exchange}-`) && name.endsWith('.csv') && name !== file)
    .sort()
    .reverse();
}

/** Written beside and moved into place, so that nobody ever reads half a file. Not keeping it is no failure. */
async function keep(cacheDir: string, file: string, csv: string, logger: Logger): Promise<void> {
  const unfinished = join(cacheDir, `${file}.part`);
  try {
    await mkdir(cacheDir, { recursive: true });
    await writeFile(unfinished, csv);
    await rename(unfinished, join(cacheDir, file));
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    logger.warn('The instrument list could not be kept; it will be fetched again.', { code });
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}
