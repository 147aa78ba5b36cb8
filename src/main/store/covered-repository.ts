import type { Database, Statement } from 'better-sqlite3';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Span } from '../../core/calendar.ts';
import type { CoveredSpan } from '../../core/day-coverage.ts';
import { addSpan } from '../../core/spans.ts';
import { TIMEFRAMES, type Timeframe } from '../../core/timeframe.ts';
import type { DoubtedSpan } from '../engine/store-port.ts';
import { provenanceOf, rankOf } from './provenance-rank.ts';

interface CoveredRow extends Span {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly provenance: number;
}

const FOREVER = Number.MAX_SAFE_INTEGER as EpochMs;

/** Stretches of which every bar is stored. Table: migrations/0006-ledger.ts. */
export class CoveredRepository {
  readonly #joinable: Statement<[CoveredRow], Span>;
  readonly #remove: Statement<[CoveredRow]>;
  readonly #insert: Statement<[CoveredRow]>;
  readonly #touching: Statement<[InstrumentKey, EpochMs, EpochMs], CoveredRow>;
  readonly #ofInstrument: Statement<[InstrumentKey], CoveredRow>;
  readonly #removeAll: Statement<[InstrumentKey]>;
  readonly #instruments: Statement<[{ readonly from: EpochMs; readonly to: EpochMs }], InstrumentKey>;

  constructor(db: Database) {
    const place = 'instrument = @instrument AND timeframe = @timeframe AND provenance = @provenance';
    this.#joinable = db.prepare(
      `SELECT open, close FROM covered WHERE ${place} AND close >= @open AND open <= @close ORDER BY close`,
    );
    this.#remove = db.prepare(`DELETE FROM covered WHERE ${place} AND close = @close`);
    this.#insert = db.prepare(`
      INSERT INTO covered (instrument, close, timeframe, provenance, open)
      VALUES (@instrument, @close, @timeframe, @provenance, @open)
    `);
    this.#touching = db.prepare(
      'SELECT * FROM covered WHERE instrument = ? AND close > ? AND open < ? ORDER BY open, close, timeframe, provenance',
    );
    this.#ofInstrument = db.prepare('SELECT * FROM covered WHERE instrument = ?');
    this.#removeAll = db.prepare('DELETE FROM covered WHERE instrument = ?');
    this.#instruments = db.prepare<[{ from: EpochMs; to: EpochMs }], InstrumentKey>(INSTRUMENTS).pluck();
  }

  /** Joins the stretch with those that it overlaps or touches. Run it inside a transaction. */
  add({ provenance, ...span }: CoveredSpan): void {
    this.#join({ ...span, provenance: rankOf(provenance) });
  }

  /** Takes back what the feed is said to have told from then on. Run it inside a transaction. */
  doubt({ instrument, from }: DoubtedSpan): void {
    for (const { timeframe, provenance, open, close } of this.#touching.all(instrument, from, FOREVER)) {
      if (provenanceOf(provenance) !== 'live') continue;
      const place = { instrument, timeframe, provenance };
      this.#remove.run({ ...place, open, close });
      if (open < from) this.#insert.run({ ...place, open, close: from });
    }
  }

  /** Stretches that have a moment of `[from, to)`, the first to open first. */
  touching(instrument: InstrumentKey, from: EpochMs, to: EpochMs): readonly CoveredSpan[] {
    const rows = this.#touching.all(instrument, from, to);
    return rows.map(({ timeframe, provenance, open, close }) => {
      return { instrument, timeframe, provenance: provenanceOf(provenance), open, close };
    });
  }

  /** Every instrument of which a stretch or a bar in `[from, to)` is stored, in order of their names. */
  instruments(from: EpochMs, to: EpochMs): readonly InstrumentKey[] {
    return this.#instruments.all({ from, to });
  }

  /** Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    const rows = this.#ofInstrument.all(from);
    this.#removeAll.run(from);
    for (const row of rows) this.#join({ ...row, instrument: to });
    return rows.length;
  }

  #join(row: CoveredRow): void {
    const { instrument, timeframe, provenance, open, close } = row;
    const place = { instrument, timeframe, provenance };
    const standing = this.#joinable.all(row);
    const [joined] = addSpan(standing, { open, close });
    if (joined === undefined || (standing.length === 1 && isSame(joined, standing[0]))) return;
    for (const each of standing) this.#remove.run({ ...place, ...each });
    this.#insert.run({ ...place, open: joined.open, close: joined.close });
  }
}

function isSame(a: Span, b: Span | undefined): boolean {
  return a.open === b?.open && a.close === b.close;
}

/**
 * Neither table has an index by time alone. So: from each instrument to the next by the primary key, and a look
 * into what it has. Of the bars that is one look for each timeframe.
 */
const INSTRUMENTS = `
  WITH RECURSIVE
    ${everyInstrumentOf('candle', 'barred')},
    ${everyInstrumentOf('covered', 'told')}
  SELECT instrument FROM barred WHERE EXISTS (
    SELECT 1 FROM candle
    WHERE candle.instrument = barred.instrument
      AND timeframe IN (${TIMEFRAMES.map((timeframe) => `'${timeframe}'`).join(', ')})
      AND open_time >= @from AND open_time < @to
  )
  UNION
  SELECT instrument FROM told WHERE EXISTS (
    SELECT 1 FROM covered WHERE covered.instrument = told.instrument AND close > @from AND open < @to
  )
  ORDER BY instrument
`;

function everyInstrumentOf(table: string, name: string): string {
  return `
    ${name} (instrument) AS (
      SELECT min(instrument) FROM ${table}
      UNION ALL
      SELECT (SELECT min(instrument) FROM ${table} WHERE ${table}.instrument > ${name}.instrument)
      FROM ${name} WHERE ${name}.instrument IS NOT NULL
    )`;
}
