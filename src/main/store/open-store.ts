import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { AppError } from '../../core/errors.ts';
import type { Store } from '../engine/store-port.ts';
import { AlertRepository } from './alert-repository.ts';
import { AuctionRepository } from './auction-repository.ts';
import { createBarWriter } from './bar-writer.ts';
import { CandleRepository } from './candle-repository.ts';
import { CorporateActionRepository } from './corporate-action-repository.ts';
import { CoveredRepository } from './covered-repository.ts';
import { DocumentRepository } from './document-repository.ts';
import { createInputsMarker } from './inputs-marker.ts';
import { createRename } from './instrument-rename.ts';
import { InstrumentRepository } from './instrument-repository.ts';
import { MIGRATIONS, type Migration } from './migrations/all.ts';
import { openDatabase } from './open-database.ts';
import { OrderBookRepository } from './order-book-repository.ts';
import { RevisionRepository } from './revision-repository.ts';
import { SignalRepository } from './signal-repository.ts';
import { storageError } from './storage-error.ts';
import { TickRepository } from './tick-repository.ts';

export interface StoreOptions {
  /** How long a write waits for another program to finish its own. The app stands still meanwhile. */
  readonly busyTimeoutMs?: number;
  /** The steps of the schema; tests bring others. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens the store in the file `path` (`:memory:` for one that is gone on close), creating it where needed.
 *
 * Throws an AppError('storage') that says what to do when the folder cannot be written, another Tickscope uses
 * the file, or the file is damaged, another program's or from a newer version; the file is then untouched.
 * Every method throws the same when the disk lets it down.
 */
export function openStore(path: string, options: StoreOptions = {}): Store {
  const { busyTimeoutMs = 2_000, migrations = MIGRATIONS } = options;
  const { db, close } = openDatabase(path, migrations, busyTimeoutMs);
  const candles = new CandleRepository(db);
  const covered = new CoveredRepository(db);
  const revisions = new RevisionRepository(db);
  const auctions = new AuctionRepository(db);
  const books = new OrderBookRepository(db);
  const actions = new CorporateActionRepository(db);
  const ticks = new TickRepository(db);
  const signals = new SignalRepository(db);
  const alerts = new AlertRepository(db);
  const instruments = new InstrumentRepository(db);
  const documents = new DocumentRepository(db);
  const keyed = [candles, covered, revisions, auctions, signals, alerts, actions, instruments];

  const guard =
    <Arguments extends unknown[], Result>(work: (...input: Arguments) => Result) =>
    (...input: Arguments): Result => {
      if (!db.open) throw new AppError('storage', `The database ${path} is closed, because Tickscope is ending.`);
      try {
        return work(...input);
      } catch (thrown) {
        throw storageError(thrown, path);
      }
    };

  return {
    saveBars: guard(createBarWriter(db, { candles, covered, revisions, auctions })),
    storedCandles: guard((instrument, timeframe, from, to) => candles.stored(instrument, timeframe, from, to)),
    loadAuctions: guard((instrument, from, to) => auctions.between(instrument, from, to)),
    covered: guard((instrument, from, to) => covered.touching(instrument, from, to)),
    coveredInstruments: guard((from, to) => covered.instruments(from, to)),
    revisions: guard((from, to) => revisions.between(from, to)),
    markInputs: guard(createInputsMarker(db, signals, alerts)),
    saveBooks: guard((list) => books.save(list)),
    saveCorporateActions: guard((list) => actions.replace(list)),
    corporateActions: guard(() => actions.all()),
    renameInstrument: guard(createRename(db, keyed, [ticks, books])),
    trim: guard(() => ({ deleted: {}, freedBytes: 0, isDone: true })),
    backUp: guard(async () => 0),
    loadCandles: guard((instrument, timeframe, from, to) => candles.load(instrument, timeframe, from, to)),
    loadCandlesBefore: guard((instrument, timeframe, before, limit) =>
      candles.loadBefore(instrument, timeframe, before, limit),
    ),
    addSignal: guard((signal, at, inputs = 'whole') => signals.add(signal, at, inputs)),
    addAlert: guard((alert) => alerts.add(alert)),
    alerts: guard((limit) => alerts.newest(limit)),
    markAlertsRead: guard(() => alerts.markAllRead()),
    clearAlerts: guard(() => alerts.clear()),
    instruments: guard(() => instruments.all()),
    saveInstruments: guard((list) => instruments.save(list)),
    saveTicks: guard((list) => ticks.save(list)),
    readDocument: guard((name) => documents.read(name)),
    writeDocument: guard((name, value) => documents.write(name, value)),
    sizeBytes: guard(() => sizeOf(db, path)),
    close,
  };
}

/** What the store takes on disk: the file and its log. */
function sizeOf(db: Database, path: string): number {
  if (db.memory)
    return Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
  const sizes = [path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}
