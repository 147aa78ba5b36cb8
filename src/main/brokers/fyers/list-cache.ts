import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EpochMs, HOUR_MS, MINUTE_MS, type TradingDate } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import { addDays, IST_OFFSET_MS, midnight } from '../../../core/calendar-date.ts';
import { AppError } from '../../../core/errors.ts';
import type { Logger } from '../../engine/ports.ts';
import type { FyersApi } from './api.ts';
import { parseSymbolMaster, type SymbolMaster } from './symbol-master.ts';

/** By then the day's lists are surely there. */
const NEW_LIST_MS = 8 * HOUR_MS + 30 * MINUTE_MS;
/** Longer than any closure of the exchange. */
const SEARCH_DAYS = 30;
/** A person is waiting for the broker to open. */
const ATTEMPTS = 2;

/** The trading day whose lists are the newest at `now`: until half past eight that is the day before. */
export function listDay(now: EpochMs, calendar: Calendar): TradingDate {
  const today = calendar.dateOf(now);
  for (let back = 0; back <= SEARCH_DAYS; back += 1) {
    const day = addDays(today, -back);
    if (calendar.session(day) !== undefined && now >= midnight(day, IST_OFFSET_MS) + NEW_LIST_MS) return day;
  }
  return today;
}

export interface ListSource {
  readonly api: Pick<FyersApi, 'csv'>;
  /** Where the lists lie: `…/sym_details`. */
  readonly listsUrl: string;
  readonly cacheDir: string;
  readonly day: TradingDate;
  readonly logger: Logger;
}

/**
 * A list of symbols, such as `NSE_CM`. It is fetched once a trading day and kept in `cacheDir`; an older one stands in
 * while the server cannot be reached. Throws AppError when there is no list at all.
 */
export async function loadList(name: string, source: ListSource, stop: AbortSignal): Promise<SymbolMaster> {
  const { api, listsUrl, cacheDir, day, logger } = source;
  const file = `fyers-symbols-${name}-${day}.csv`;
  const cached = await readList(join(cacheDir, file));
  if (cached !== undefined) return cached;
  const older = await olderLists(cacheDir, name, file);
  try {
    const csv = await api.csv(`${listsUrl}/${name}.csv`, stop, ATTEMPTS);
    const list = parseSymbolMaster(csv);
    if (list.unreadable > 0) logger.warn('Rows of a list of symbols were unreadable.', { rows: list.unreadable });
    await keep(cacheDir, file, csv, logger);
    await Promise.all(older.map((old) => rm(join(cacheDir, old), { force: true })));
    return list;
  } catch (thrown) {
    stop.throwIfAborted();
    if (!(thrown instanceof AppError) || !thrown.retryable) throw thrown;
    for (const old of older) {
      const list = await readList(join(cacheDir, old));
      if (list === undefined) continue;
      logger.warn('A list of symbols could not be fetched; an older one is used.', { file: old });
      return list;
    }
    throw thrown;
  }
}

/** Undefined when there is none, or when it was damaged: both mean fetching it. */
async function readList(path: string): Promise<SymbolMaster | undefined> {
  try {
    return parseSymbolMaster(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Names of the other days' lists, newest first. */
async function olderLists(cacheDir: string, name: string, file: string): Promise<readonly string[]> {
  const names = await readdir(cacheDir).catch(() => []);
  return names
    .filter((each) => each.startsWith(`fyers-symbols-${name}-`) && each.endsWith('.csv') && each !== file)
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
    logger.warn('A list of symbols could not be kept; it will be fetched again.', { code });
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}
