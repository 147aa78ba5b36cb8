import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type EpochMs, HOUR_MS, MINUTE_MS, type TradingDate } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import { addDays, IST_OFFSET_MS, midnight } from '../../core/calendar-date.ts';
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../engine/ports.ts';
import { keepFile } from './keep-file.ts';

/** By then an Indian broker's list of the day is surely there. Source: docs/wire-formats/kite.md, "Instruments dump". */
const NEW_LIST_MS = 8 * HOUR_MS + 30 * MINUTE_MS;
/** Longer than any closure of the exchange. */
const SEARCH_DAYS = 30;

/** The trading day whose list is the newest at `now`: until half past eight that is the day before. */
export function listDay(now: EpochMs, calendar: Calendar): TradingDate {
  const today = calendar.dateOf(now);
  for (let back = 0; back <= SEARCH_DAYS; back += 1) {
    const day = addDays(today, -back);
    if (calendar.session(day) !== undefined && now >= midnight(day, IST_OFFSET_MS) + NEW_LIST_MS) return day;
  }
  return today;
}

/** A broker's list of instruments, of which there is a new one each trading day. */
export interface DailyList<List> {
  /** Begins the names of its files: `kite-instruments-NSE`. */
  readonly name: string;
  readonly day: TradingDate;
  readonly cacheDir: string;
  readonly logger: Logger;
  fetch(): Promise<string>;
  /** Throws for what is no list. */
  parse(csv: string): List & { readonly unreadable: number };
}

/**
 * The list of the day: from `cacheDir` where it was fetched before, or else from the venue; an older one stands in while
 * that cannot be reached. Throws AppError when there is no list at all.
 */
export async function loadDailyList<List>(source: DailyList<List>, stop: AbortSignal): Promise<List> {
  const { name, day, cacheDir, logger, fetch, parse } = source;
  const file = `${name}-${day}.csv`;
  /** Undefined when there is none, or when it was damaged: both mean fetching it. */
  const read = async (kept: string): Promise<List | undefined> => {
    try {
      return parse(await readFile(join(cacheDir, kept), 'utf8'));
    } catch {
      return undefined;
    }
  };
  const cached = await read(file);
  if (cached !== undefined) return cached;
  const older = await otherDays(cacheDir, name, file);
  try {
    const csv = await fetch();
    const list = parse(csv);
    if (list.unreadable > 0) logger.warn('Rows of the instrument list were unreadable.', { rows: list.unreadable });
    const trouble = 'The instrument list could not be kept; it will be fetched again.';
    await keepFile(join(cacheDir, file), csv, trouble, logger);
    await Promise.all(older.map((old) => rm(join(cacheDir, old), { force: true })));
    return list;
  } catch (thrown) {
    stop.throwIfAborted();
    if (!(thrown instanceof AppError) || !thrown.retryable) throw thrown;
    for (const old of older) {
      const list = await read(old);
      if (list === undefined) continue;
      logger.warn('The instrument list could not be fetched; an older one is used.', { file: old });
      return list;
    }
    throw thrown;
  }
}

/** Names of the files of other days, newest first. */
async function otherDays(cacheDir: string, name: string, file: string): Promise<readonly string[]> {
  const names = await readdir(cacheDir).catch(() => []);
  return names
    .filter((each) => each.startsWith(`${name}-`) && each.endsWith('.csv') && each !== file)
    .sort()
    .reverse();
}
