import { closeSync, copyFileSync, existsSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

const PAGE_BYTES = 4_096;

/**
 * Copies a damaged database, and its log, to `copy` and writes there what the header of a store of ours says
 * (https://sqlite.org/fileformat2.html#the_database_header), so that SQLite looks at the pages behind it.
 *
 * To be called only while no connection of this process has the file open.
 */
export function copyWithMendedHeader(path: string, copy: string): void {
  copyFileSync(path, copy);
  const hasLog = existsSync(`${path}-wal`);
  if (hasLog) copyFileSync(`${path}-wal`, `${copy}-wal`);
  const file = openSync(copy, 'r+');
  try {
    const header = Buffer.alloc(100);
    readSync(file, header, 0, 100, 0);
    header.write('SQLite format 3\0', 0, 'latin1');
    header.writeUInt16BE(PAGE_BYTES, 16);
    header.fill(hasLog ? 2 : 1, 18, 20);
    header.set([0, 64, 32, 32], 20);
    header.writeUInt32BE(Math.ceil(fstatSync(file).size / PAGE_BYTES), 28);
    // No free pages: nothing will be written.
    header.fill(0, 32, 40);
    header.writeUInt32BE(4, 44);
    header.fill(0, 48, 52);
    header.writeUInt32BE(1, 56);
    header.fill(0, 72, 92);
    // The size is believed only when it was written at the last change.
    header.copy(header, 92, 24, 28);
    writeSync(file, header, 0, 100, 0);
  } finally {
    closeSync(file);
  }
}
