import type { InstrumentKey } from '../../core/brand.ts';
import type { CandleColumns } from '../../core/candle-columns.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import type { BarSheet, FileFormat, SheetProvenance, SheetWriter } from './bar-sheet.ts';
import { openNewFile } from './new-file.ts';
import { csvWriter } from './write-csv.ts';
import { parquetWriter } from './write-parquet.ts';

export interface SheetsFile {
  readonly path: string;
  readonly format: FileFormat;
  /** Undefined keeps a file that is there already, and complains. */
  readonly mayOverwrite?: boolean;
  /** CSV only: a last column names the instrument. */
  readonly namesInstruments?: boolean;
}

/** Bars, and where each of them comes from. */
export type BarRows = CandleColumns & { readonly provenance?: readonly SheetProvenance[] };

/** Writes one run of bars. Answers the file's size in bytes; throws as `writeSheets` does. */
export function writeBars(
  path: string,
  format: FileFormat,
  rows: BarRows,
  instrument: InstrumentKey,
  timeframe: Timeframe,
): Promise<number> {
  const { provenance, ...columns } = rows;
  return writeSheets({ path, format }, [{ instrument, timeframe, columns, provenance }]);
}

/**
 * Writes sheets one after the other, each when it is asked for: only one is in memory at a time. The file appears
 * under its name when it is whole, and not at all when anything fails. Answers its size in bytes.
 *
 * Throws an AppError when the file exists or cannot be written, and whatever `sheets` throws.
 */
export async function writeSheets(request: SheetsFile, sheets: Iterable<BarSheet>): Promise<number> {
  const { path, format, mayOverwrite = false, namesInstruments = false } = request;
  const file = await openNewFile(path, mayOverwrite);
  try {
    const writer: SheetWriter = format === 'csv' ? csvWriter(file, namesInstruments) : parquetWriter(file);
    for (const sheet of sheets) await writer.add(sheet);
    await writer.finish();
    return await file.keep();
  } catch (thrown) {
    await file.discard();
    throw thrown;
  }
}
