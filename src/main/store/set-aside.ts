import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import type { EpochMs } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Migration } from './migrations/all.ts';
import { type Rescued, salvage } from './salvage.ts';
import { clearSuspect } from './suspect.ts';

/** What became of a damaged store. */
export interface SetAside {
  readonly path: string;
  /** Where the damaged file lies now. */
  readonly asideAs: string;
  /** Rows carried over into the new one, by table. */
  readonly rescued: Rescued;
  /** The same in a sentence for the person. */
  readonly message: string;
}

/** Where the new file is made. Complete, if the store itself is not there: see `finishRepair`. */
const repairFile = (path: string): string => `${path}.repair`;

/**
 * Puts a damaged store aside under a name that tells, and a new one with what could still be read in its place.
 * When nothing could be, there is no file at `path` afterwards. Wants the store's lock, and throws an AppError when
 * the file may not be moved.
 */
export function repair(path: string, migrations: readonly Migration[], now: EpochMs | undefined): SetAside {
  refuseReadOnly(path);
  const fresh = repairFile(path);
  const rescued = tryToSalvage(path, fresh, migrations);
  const asideAs = moveAside(path, now);
  if (existsSync(fresh)) renameSync(fresh, path);
  clearSuspect(path);
  return { path, asideAs, rescued, message: sentence(path, asideAs, rescued) };
}

/** Ends what a `repair` began that was cut off after it had put the damaged file aside. Wants the store's lock. */
export function finishRepair(path: string): void {
  const fresh = repairFile(path);
  if (existsSync(fresh) && !existsSync(path)) renameSync(fresh, path);
}

/** A file that may not be written is somebody's wish, though its folder would let us move it. */
function refuseReadOnly(path: string): void {
  try {
    closeSync(openSync(path, 'r+'));
  } catch (cause) {
    const message = `The database ${path} is damaged, and read-only. Nothing was changed; allow writing to the file, or move it away.`;
    throw new AppError('storage', message, { cause });
  }
}

function tryToSalvage(path: string, fresh: string, migrations: readonly Migration[]): Rescued {
  try {
    return salvage(path, fresh, migrations);
  } catch {
    return {};
  }
}

function moveAside(path: string, now: EpochMs | undefined): string {
  const asideAs = freeName(path, now);
  try {
    // The log first: without its database it would be taken for rubbish by the next to open `path`.
    if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${asideAs}-wal`);
    renameSync(path, asideAs);
  } catch (cause) {
    rmSync(repairFile(path), { force: true });
    const message = `The database ${path} is damaged and could not be set aside. Allow writing to ${dirname(path)}, or move the file away.`;
    throw new AppError('storage', message, { cause });
  }
  // An index into the log, made anew whenever it is missing.
  rmSync(`${path}-shm`, { force: true });
  return asideAs;
}

/** `tickscope.damaged-2026-11-21T10-30-00.sqlite`, in UTC; with a number when that is taken. */
function freeName(path: string, now: EpochMs | undefined): string {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  const time = now === undefined ? '' : `-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}`;
  for (let count = 1; ; count += 1) {
    const name = `${stem}.damaged${time}${count === 1 ? '' : `-${count}`}${extension}`;
    if (!existsSync(name) && !existsSync(`${name}-wal`)) return name;
  }
}

/** What a person calls a row of a table, and several. */
const WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  document: ['settings document', 'settings documents'],
  order_ticket: ['paper order', 'paper orders'],
  alert: ['alert', 'alerts'],
  signal: ['signal', 'signals'],
  instrument: ['instrument', 'instruments'],
  corporate_action: ['corporate action', 'corporate actions'],
  candle: ['bar', 'bars'],
  auction: ['auction', 'auctions'],
  tick: ['tick', 'ticks'],
  order_book: ['order book', 'order books'],
};

function sentence(path: string, asideAs: string, rescued: Rescued): string {
  const told = Object.entries(WORDS).flatMap(([table, [one, many]]) => {
    const count = rescued[table] ?? 0;
    return count === 0 ? [] : `${count} ${count === 1 ? one : many}`;
  });
  const outcome =
    told.length > 0
      ? `A new one has what could still be read: ${told.join(', ')}. Missing bars are asked of history again.`
      : 'Nothing in it could be read, so a new one begins empty.';
  return `The database ${path} was damaged and is set aside as ${asideAs}. ${outcome}`;
}
