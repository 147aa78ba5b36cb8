import type { Database, Statement } from 'better-sqlite3';
import { TIMEFRAMES } from '../../core/timeframe.ts';
import type { Value } from './salvage-records.ts';
import { columnsOf } from './schema-shape.ts';

/** Looks into the gap between two broken pages; each costs a few page reads. */
const PROBES = 500;

export interface SalvagedTable {
  readonly rows: number;
  readonly isWhole: boolean;
}

/** Columns of the key that are given, in the key's order. */
type Place = readonly Value[];

interface Plan {
  readonly table: string;
  /** What is copied; `rowid` where it is the only word on the order of rows. */
  readonly columns: readonly string[];
  /** What the rows are sorted by on disk; all of it is among `columns`. */
  readonly key: readonly string[];
  readonly insert: Statement<Value[]>;
}

/**
 * Copies what can be read of `table`, which `to` has too: from its start up to what is broken, from its end back
 * to it, and then what lies between two broken pages, by instrument, timeframe and number. Rows that break a
 * rule of the table are left out. Answers how many rows were new, and whether all could be read. Run it inside a
 * transaction of `to`.
 */
export function salvageTable(from: Database, to: Database, table: string): SalvagedTable {
  const plan = planOf(from, to, table);
  return plan === undefined ? { rows: 0, isWhole: false } : new Salvage(from, to, plan).run();
}

function planOf(from: Database, to: Database, table: string): Plan | undefined {
  const there = columnsOf(from, table);
  const shared = columnsOf(to, table).filter(({ name }) => there.some((column) => column.name === name));
  if (shared.length === 0) return undefined;
  const rowids =
    to.prepare<[string], 0 | 1>('SELECT wr FROM pragma_table_list WHERE name = ?').pluck().get(table) === 0;
  const primary = shared.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const isAlias = primary.length === 1 && primary[0]?.type === 'INTEGER';
  const names = shared.map(({ name }) => name);
  const columns = rowids && !isAlias ? ['rowid', ...names] : names;
  const key = rowids && !isAlias ? ['rowid'] : primary.map(({ name }) => name);
  const marks = columns.map(() => '?').join(', ');
  const insert = to.prepare<Value[]>(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
  return { table, columns, key, insert };
}

class Salvage {
  readonly #from: Database;
  readonly #to: Database;
  readonly #plan: Plan;
  #count = 0;
  #isWhole = true;
  #probes = PROBES;

  constructor(from: Database, to: Database, plan: Plan) {
    this.#from = from;
    this.#to = to;
    this.#plan = plan;
  }

  run(): SalvagedTable {
    this.#sweep([]);
    return { rows: this.#count, isWhole: this.#isWhole };
  }

  /** All rows at `place`. */
  #sweep(place: Place): void {
    const first = this.#read(place, 'ASC');
    if (first.isWhole) return;
    this.#isWhole = false;
    const last = this.#read(place, 'DESC');
    const next = this.#plan.key[place.length];
    if (next === 'instrument' || next === 'timeframe') {
      const between = (each: string) => each >= String(first.reached ?? '') && each <= String(last.reached ?? '\uffff');
      const all = next === 'timeframe' ? TIMEFRAMES : this.#instruments();
      for (const each of all.filter(between)) this.#sweep([...place, each]);
    } else if (typeof first.reached === 'number' && typeof last.reached === 'number')
      this.#between(place, first.reached, last.reached);
  }

  /** The rows whose number lies between two that were reached, by halves. */
  #between(place: Place, after: number, before: number): void {
    const gaps = [{ after, before }];
    for (let gap = gaps.shift(); gap !== undefined && this.#probes > 0; gap = gaps.shift()) {
      if (gap.before - gap.after < 2) continue;
      this.#probes -= 1;
      const middle = Math.floor((gap.after + gap.before) / 2);
      const up = this.#read(place, 'ASC', middle - 1, gap.before);
      const down = this.#read(place, 'DESC', gap.after, middle);
      if (!down.isWhole) gaps.push({ after: gap.after, before: Number(down.reached ?? middle) });
      if (!up.isWhole) gaps.push({ after: Number(up.reached ?? middle), before: gap.before });
    }
  }

  /** Copies rows in the key's order until one cannot be read. `reached` is the key column after `place`. */
  #read(place: Place, order: 'ASC' | 'DESC', after?: number, before?: number): { isWhole: boolean; reached?: Value } {
    const { table, columns, key } = this.#plan;
    const next = key[place.length] ?? 'rowid';
    const bounds = after === undefined ? [] : [`${next} > ?`, `${next} < ?`];
    const where = [...place.map((_, index) => `${key[index]} = ?`), ...bounds].join(' AND ') || 'true';
    const sorting = key.map((column) => `${column} ${order}`).join(', ');
    const at = columns.indexOf(next);
    let reached: Value | undefined;
    try {
      const rows = this.#from
        .prepare<Value[], Value[]>(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${where} ORDER BY ${sorting}`)
        .raw()
        .iterate(...place, ...(after === undefined || before === undefined ? [] : [after, before]));
      for (const row of rows) {
        reached = row[at] ?? reached;
        this.#insert(row);
      }
      return { isWhole: true };
    } catch (thrown) {
      if (thrown instanceof TargetError) throw thrown.cause;
      return reached === undefined ? { isWhole: false } : { isWhole: false, reached };
    }
  }

  #insert(row: readonly Value[]): void {
    try {
      this.#count += this.#plan.insert.run(...row).changes;
    } catch (cause) {
      // A row with a value that its column may not hold is as broken as one that cannot be read.
      if (breaksRule(cause)) return;
      throw new TargetError('The new file refused a row.', { cause });
    }
  }

  /** Those that are known by now: the list of instruments is copied first. */
  #instruments(): readonly string[] {
    const known = [`SELECT instrument FROM ${this.#plan.table}`];
    if (columnsOf(this.#to, 'instrument').length > 0) known.push('SELECT key FROM instrument');
    return this.#to.prepare<[], string>(known.join(' UNION ')).pluck().all();
  }
}

/** Whether a row was refused because the table may not hold it. */
export function breaksRule(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && /^SQLITE_(CONSTRAINT|MISMATCH)/.test(String(thrown.code));
}

/** What went wrong is the new file's, not the damaged one's. */
class TargetError extends Error {}
