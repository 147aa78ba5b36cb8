import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const PAGE = 4_096;
/** B-tree pages that hold rows (https://sqlite.org/fileformat2.html#b_tree_pages). */
const INDEX_INTERIOR = 0x02;
const INDEX_LEAF = 0x0a;
const TABLE_LEAF = 0x0d;
/** How much of a payload stays on its page: the section about cell payload overflow of the same document. */
const MOST_OF_INDEX = Math.floor(((PAGE - 12) * 64) / 255) - 23;
const MOST_OF_TABLE = PAGE - 35;
const LEAST = Math.floor(((PAGE - 12) * 32) / 255) - 23;
/** Bytes of the serial types 0 to 9. */
const SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

export type Value = string | number | null;

export interface RawRow {
  /** Absent in a table WITHOUT ROWID, whose rows lie in the pages of an index. */
  readonly rowid: number | undefined;
  readonly values: readonly Value[];
}

/**
 * The rows of each page of a database of ours, read without its tree: also those to which no page leads any more. What
 * they are rows of is not written beside them. Those of entries that make no sense are left out.
 *
 * To be called only while no connection of this process has the file open.
 */
export function* rawPages(path: string): Generator<readonly RawRow[]> {
  const file = openSync(path, 'r');
  try {
    const count = Math.ceil(fstatSync(file).size / PAGE);
    const read = (page: number): Buffer => {
      const bytes = Buffer.alloc(PAGE);
      readSync(file, bytes, 0, PAGE, (page - 1) * PAGE);
      return bytes;
    };
    const free = freePages(read, count);
    // The first page holds the list of tables.
    for (let page = 2; page <= count; page += 1) if (!free.has(page)) yield rowsOf(read(page), read, count);
  } finally {
    closeSync(file);
  }
}

/** What was deleted still lies in free pages. A list that does not add up is not believed. */
function freePages(read: (page: number) => Buffer, count: number): ReadonlySet<number> {
  const header = read(1);
  const expected = header.readUInt32BE(36);
  const free = new Set<number>();
  for (let trunk = header.readUInt32BE(32); trunk > 0; ) {
    if (trunk > count || free.has(trunk)) return new Set();
    free.add(trunk);
    const page = read(trunk);
    const leaves = page.readUInt32BE(4);
    if (leaves > PAGE / 4 - 2) return new Set();
    for (let leaf = 0; leaf < leaves; leaf += 1) free.add(page.readUInt32BE(8 + 4 * leaf));
    trunk = page.readUInt32BE(0);
  }
  return free.size === expected ? free : new Set();
}

function rowsOf(page: Buffer, read: (page: number) => Buffer, count: number): readonly RawRow[] {
  const kind = page[0];
  if (kind !== INDEX_INTERIOR && kind !== INDEX_LEAF && kind !== TABLE_LEAF) return [];
  const head = kind === INDEX_INTERIOR ? 12 : 8;
  const cells = page.readUInt16BE(3);
  if (head + 2 * cells > PAGE) return [];
  const rows: RawRow[] = [];
  for (let cell = 0; cell < cells; cell += 1) {
    try {
      const from = page.readUInt16BE(head + 2 * cell) + (kind === INDEX_INTERIOR ? 4 : 0);
      const [bytes, afterBytes] = varint(page, from);
      const [rowid, start] = kind === TABLE_LEAF ? varint(page, afterBytes) : [undefined, afterBytes];
      const most = kind === TABLE_LEAF ? MOST_OF_TABLE : MOST_OF_INDEX;
      const values = recordOf(payloadOf(page, start, bytes, most, read, count));
      rows.push({ rowid, values });
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
    }
  }
  return rows;
}

/** Follows the payload over its further pages. */
function payloadOf(
  page: Buffer,
  start: number,
  bytes: number,
  most: number,
  read: (page: number) => Buffer,
  count: number,
): Buffer {
  const fitting = LEAST + ((bytes - LEAST) % (PAGE - 4));
  const local = bytes <= most ? bytes : fitting <= most ? fitting : LEAST;
  if (start + local > PAGE || bytes > count * PAGE) throw new RangeError('The payload is longer than the file.');
  const parts = [page.subarray(start, start + local)];
  let left = bytes - local;
  let next = left > 0 ? page.readUInt32BE(start + local) : 0;
  while (left > 0) {
    if (next < 2 || next > count) throw new RangeError('The payload goes on outside of the file.');
    const further = read(next);
    parts.push(further.subarray(4, 4 + left));
    left -= PAGE - 4;
    next = further.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** https://sqlite.org/fileformat2.html#record_format. Throws a RangeError when it is none, or not one of ours. */
function recordOf(record: Buffer): readonly Value[] {
  const [end, first] = varint(record, 0);
  const values: Value[] = [];
  let at = end;
  for (let next = first; next < end; ) {
    const [type, after] = varint(record, next);
    const size = SIZES[type] ?? Math.floor((type - 12) / 2);
    if (size < 0 || (type >= 12 && type % 2 === 0)) throw new RangeError('We store no such value.');
    if (at + size > record.length) throw new RangeError('The value is longer than the record.');
    values.push(readValue(record, type, at, size));
    at += size;
    next = after;
  }
  if (at !== record.length) throw new RangeError('The record is longer than its values.');
  return values;
}

function readValue(record: Buffer, type: number, at: number, size: number): Value {
  if (type === 0) return null;
  if (type >= 8 && type <= 9) return type - 8;
  if (type === 7) return record.readDoubleBE(at);
  if (type === 6) return Number(record.readBigInt64BE(at));
  if (type < 6) return record.readIntBE(at, size);
  const text = record.toString('utf8', at, at + size);
  if (text.includes('\ufffd')) throw new RangeError('This is no text.');
  return text;
}

/** A number and where it ends. Those beyond 2^53 are none of ours. */
function varint(bytes: Buffer, at: number): readonly [value: number, end: number] {
  let value = 0;
  for (let index = at; index < at + 8; index += 1) {
    const byte = bytes.readUInt8(index);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80 && value <= Number.MAX_SAFE_INTEGER) return [value, index + 1];
  }
  throw new RangeError('The number is too large.');
}
