import type { Database } from 'better-sqlite3';
import type { InstrumentKey } from '../../core/brand.ts';
import type { SymbolRename } from '../../core/corporate-action.ts';
import type { EvidenceRepository } from './evidence-repository.ts';

/** A table whose rows belong to instruments. */
export interface Renamed {
  /** Moves all rows of `from` to `to`, and answers how many there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number;
}

/**
 * Moves everything of a symbol to its new one, in one transaction: `Store.renameInstrument`. Ticks and order books
 * are found only by reading their whole table, so `recorded` is left alone unless one of the `keyed` tables
 * knows the old symbol: no instrument is recorded that is not in the register. The chain of evidence stays as it is,
 * and tells of the rename where one of its alerts is meant.
 */
export function createRename(
  db: Database,
  keyed: readonly Renamed[],
  recorded: readonly Renamed[],
  evidence: EvidenceRepository,
): (rename: SymbolRename) => number {
  const move = (tables: readonly Renamed[], { from, to }: SymbolRename): number =>
    tables.reduce((rows, table) => rows + table.rename(from, to), 0);
  return db.transaction((rename: SymbolRename) => {
    if (rename.from === rename.to) return 0;
    const rows = move(keyed, rename);
    if (rows === 0) return 0;
    evidence.renamed(rename);
    return rows + move(recorded, rename);
  }).immediate;
}
