import type { Database } from 'better-sqlite3';
import type { EpochMs } from '../../core/brand.ts';
import type { RevisionReason } from '../../core/revision.ts';
import type { BarWrite, CandleBatch } from '../engine/store-port.ts';
import type { AuctionRepository } from './auction-repository.ts';
import { compare, runsOf } from './bar-changes.ts';
import type { CandleRepository } from './candle-repository.ts';
import type { CoveredRepository } from './covered-repository.ts';
import type { DifferenceRepository } from './difference-repository.ts';
import type { RevisionRepository } from './revision-repository.ts';

export interface BarTables {
  readonly candles: CandleRepository;
  readonly covered: CoveredRepository;
  readonly revisions: RevisionRepository;
  readonly differences: DifferenceRepository;
  readonly auctions: AuctionRepository;
}

/** The bars and all that is known of them, in one transaction: `CandleStore.saveBars`. */
export function createBarWriter(db: Database, tables: BarTables): (write: BarWrite) => void {
  const { candles, covered, revisions, differences, auctions } = tables;
  return db.transaction(({ batches, at, reason, ...write }: BarWrite) => {
    for (const batch of batches) {
      if (at === undefined || batch.provenance === 'live') candles.save(batch);
      else overrule(tables, batch, at, reason ?? batch.provenance);
    }
    for (const span of write.doubted ?? []) covered.doubt(span);
    for (const span of write.covered ?? []) covered.add(span);
    for (const revision of write.revisions ?? []) revisions.add(revision);
    for (const difference of write.differences ?? []) differences.add(difference);
    for (const auction of write.auctions ?? []) auctions.save(auction);
  }).immediate;
}

/** Stores the bars of history or the exchange, and writes down what they change. */
function overrule({ candles, revisions }: BarTables, batch: CandleBatch, at: EpochMs, reason: RevisionReason): void {
  for (const run of runsOf(batch.candles)) {
    const [{ instrument, timeframe, openTime: first }] = run;
    const end = ((run.at(-1)?.openTime ?? first) + 1) as EpochMs;
    const { news, changes } = compare(run, batch, candles.rows(instrument, timeframe, first, end));
    for (const { candle, before } of changes) {
      const { open, high, low, close, volume, openTime } = candle;
      revisions.add({
        instrument,
        timeframe,
        openTime,
        reason,
        at,
        before,
        after: { open, high, low, close, volume },
      });
    }
    candles.save({ ...batch, candles: news });
  }
}
