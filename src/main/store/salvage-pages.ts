import type { Database, Statement } from 'better-sqlite3';
import { type RawRow, rawPages, type Value } from './salvage-records.ts';
import { breaksRule } from './salvage-table.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
  readonly notnull: 0 | 1;
  readonly dflt_value: string | null;
}

/** How a row of the table lies on disk. */
interface Layout {
  readonly table: string;
  /** In the order on disk: the key of a table WITHOUT ROWID comes first. */
  readonly columns: readonly Column[];
  /** Rows from before later columns end earlier. */
  readonly fewest: number;
  readonly hasRowid: boolean;
  /** The column that is the rowid by another name, which is not in the record. */
  readonly alias: string | undefined;
  /** By the number of values. */
  readonly inserts: Map<number, Statement<Value[]>>;
}

/**
 * Copies the rows of `tables` that lie anywhere in the file at `path` and that `to` does not have yet. A row is known
 * by the number and the types of its values, which no two tables of ours share. Answers how many rows were new, by
 * table. Run it inside a transaction of `to`, and only while no connection of this process has the file open.
 */
export function salvagePages(path: string, to: Database, tables: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  if (tables.length === 0) return counts;
  const layouts = tables.map((table) => layoutOf(to, table));
  for (const rows of rawPages(path)) {
    const layout = layouts.find((each) => rows.some((row) => isOf(each, row)));
    if (layout === undefined) continue;
    const own = rows.filter((row) => isOf(layout, row));
    const ends = [own.at(0), own.at(-1)].map((row) => (row === undefined ? 0 : insert(to, layout, row)));
    // A page whose first and last row are there already was read in order.
    const isNew = ends.some((changes) => changes > 0);
    const inner = isNew ? own.slice(1, -1).map((row) => insert(to, layout, row)) : [];
    const sum = [...ends, ...inner].reduce((total, changes) => total + changes, 0);
    counts.set(layout.table, (counts.get(layout.table) ?? 0) + sum);
  }
  return counts;
}

function layoutOf(to: Database, table: string): Layout {
  const declared = to
    .prepare<[string], Column>('SELECT name, type, pk, "notnull", dflt_value FROM pragma_table_info(?)')
    .all(table);
  const hasRowid =
    to.prepare<[string], 0 | 1>('SELECT wr FROM pragma_table_list WHERE name = ?').pluck().get(table) === 0;
  const key = declared.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const [only] = key;
  const alias = hasRowid && key.length === 1 && only?.type === 'INTEGER' ? only.name : undefined;
  const columns = hasRowid ? declared : [...key, ...declared.filter(({ pk }) => pk === 0)];
  const isLater = ({ notnull, dflt_value }: Column) => notnull === 0 || dflt_value !== null;
  return {
    table,
    columns,
    fewest: columns.findLastIndex((column) => !isLater(column)) + 1,
    hasRowid,
    alias,
    inserts: new Map(),
  };
}

function isOf({ columns, fewest, hasRowid, alias }: Layout, { rowid, values }: RawRow): boolean {
  if (hasRowid !== (rowid !== undefined) || values.length < fewest || values.length > columns.length) return false;
  return values.every((value, index) => {
    const column = columns[index];
    if (column === undefined) return false;
    if (value === null) return column.notnull === 0 || column.name === alias;
    if (column.type === 'TEXT') return typeof value === 'string';
    return typeof value === 'number' && (column.type === 'REAL' || Number.isSafeInteger(value));
  });
}

/** How many rows are new: one or none. */
function insert(to: Database, layout: Layout, { rowid, values }: RawRow): number {
  const { table, columns, alias, inserts } = layout;
  const names = columns.slice(0, values.length).map(({ name }) => name);
  const row = values.map((value, index) => (names[index] === alias ? (rowid ?? null) : value));
  const isHidden = rowid !== undefined && alias === undefined;
  const all = isHidden ? ['rowid', ...names] : names;
  const statement =
    inserts.get(values.length) ??
    to.prepare<Value[]>(`INSERT OR IGNORE INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})`);
  inserts.set(values.length, statement);
  try {
    return statement.run(...(isHidden ? [rowid, ...row] : row)).changes;
  } catch (thrown) {
    // Not a row of ours after all.
    if (breaksRule(thrown)) return 0;
    throw thrown;
  }
}
