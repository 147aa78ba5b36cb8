import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { AppError } from '../../core/errors.ts';
import type { Store } from '../engine/store-port.ts';
import { createChainWalk } from './chain-walk.ts';
import type { Repositories } from './repositories.ts';

/** What a store answers without writing. */
export type ReadingMethods = Pick<
  Store,
  | 'loadCandles'
  | 'loadCandlesBefore'
  | 'storedCandles'
  | 'loadAuctions'
  | 'covered'
  | 'coveredInstruments'
  | 'revisions'
  | 'differences'
  | 'corporateActions'
  | 'alerts'
  | 'toldAlert'
  | 'toldAlerts'
  | 'lostAlerts'
  | 'evidence'
  | 'brokenLink'
  | 'deliveries'
  | 'instruments'
  | 'readDocument'
  | 'tickets'
  | 'ungraded'
  | 'outcomes'
  | 'sizeBytes'
>;

type Guard = <Arguments extends unknown[], Result>(
  work: (...input: Arguments) => Result,
) => (...input: Arguments) => Result;

/** Makes what a method throws an AppError: of a closed store, or what `failure` says of SQLite's word. */
export function guardOf(db: Database, path: string, failure: (thrown: unknown) => AppError): Guard {
  return (work) =>
    (...input) => {
      if (!db.open) throw new AppError('storage', `The database ${path} is closed, because Tickscope is ending.`);
      try {
        return work(...input);
      } catch (thrown) {
        throw failure(thrown);
      }
    };
}

export function readingMethods(db: Database, path: string, all: Repositories, guard: Guard): ReadingMethods {
  const {
    candles,
    covered,
    revisions,
    differences,
    auctions,
    actions,
    alerts,
    evidence,
    deliveries,
    instruments,
    documents,
    orders,
    outcomes,
  } = all;
  return {
    loadCandles: guard((instrument, timeframe, from, to) => candles.load(instrument, timeframe, from, to)),
    loadCandlesBefore: guard((instrument, timeframe, before, limit) =>
      candles.loadBefore(instrument, timeframe, before, limit),
    ),
    storedCandles: guard((instrument, timeframe, from, to) => candles.stored(instrument, timeframe, from, to)),
    loadAuctions: guard((instrument, from, to) => auctions.between(instrument, from, to)),
    covered: guard((instrument, from, to) => covered.touching(instrument, from, to)),
    coveredInstruments: guard((from, to) => covered.instruments(from, to)),
    revisions: guard((from, to) => revisions.between(from, to)),
    differences: guard((from, to) => differences.between(from, to)),
    corporateActions: guard(() => actions.all()),
    alerts: guard((limit) => alerts.newest(limit)),
    toldAlert: guard((id) => alerts.find(id)),
    toldAlerts: guard(() => alerts.all()),
    lostAlerts: guard(() => evidence.lostAlerts()),
    evidence: guard((alert) => evidence.of(alert)),
    brokenLink: guard(createChainWalk(db, evidence)),
    deliveries: guard((channel, limit) => deliveries.waiting(channel, limit)),
    instruments: guard(() => instruments.all()),
    readDocument: guard((name) => documents.read(name)),
    tickets: guard((since) => orders.since(since)),
    ungraded: guard((before, limit) => outcomes.ungraded(before, limit)),
    outcomes: guard((rule, instrument, since) => outcomes.outcomes(rule, instrument, since)),
    sizeBytes: guard(() => sizeOf(db, path)),
  };
}

/** What the store takes on disk: the file and its log. */
function sizeOf(db: Database, path: string): number {
  if (db.memory)
    return Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
  const sizes = [path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}
