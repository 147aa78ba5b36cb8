import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { BarSheet, SheetWriter } from './bar-sheet.ts';
import type { NewFile } from './new-file.ts';

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema'];

const REQUIRED = { repetition_type: 'REQUIRED' } as const;
const text = (name: string) => ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8' }) as const;
const price = (name: string) => ({ name, type: 'DOUBLE', ...REQUIRED }) as const;

/** Types: https://github.com/apache/parquet-format/blob/master/LogicalTypes.md (TIMESTAMP, adjusted to UTC). */
const SCHEMA: Schema = [
  { name: 'bars', num_children: 9 },
  { ...text('instrument'), ...REQUIRED },
  { ...text('timeframe'), ...REQUIRED },
  { name: 'time', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', ...REQUIRED },
  price('open'),
  price('high'),
  price('low'),
  price('close'),
  { name: 'volume', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
  { ...text('provenance'), repetition_type: 'OPTIONAL' },
];

/** Readers take in a group at a time, and so do we: a million bars are twenty groups. */
const GROUP_ROWS = 50_000;

/**
 * Writes bars as Apache Parquet: `instrument`, `timeframe` and `provenance` as text, `time` (the bar's opening) as
 * a timestamp in UTC, the rest as doubles; an unknown volume is null. Each sheet goes to the file as it comes.
 */
export function parquetWriter(file: NewFile): SheetWriter {
  const bytes = new ByteWriter();
  const flush = async (): Promise<void> => {
    // A copy, because the buffer is filled anew while the disk still writes.
    const chunk = bytes.getBytes().slice();
    bytes.index = 0;
    await file.write(chunk);
  };
  const writer = new ParquetWriter({
    writer: Object.assign(bytes, { flush }),
    schema: SCHEMA,
    createdBy: 'Tickscope',
  });
  return {
    async add(sheet) {
      await writer.write({ columnData: columnsOf(sheet), rowGroupSize: GROUP_ROWS });
    },
    async finish() {
      await writer.finish();
      await flush();
    },
  };
}

function columnsOf({ instrument, timeframe, columns, provenance }: BarSheet) {
  const { openTime, open, high, low, close, volume } = columns;
  const { length } = openTime;
  return [
    { name: 'instrument', data: Array<string>(length).fill(instrument) },
    { name: 'timeframe', data: Array<string>(length).fill(timeframe) },
    { name: 'time', data: Array.from(openTime, (time) => BigInt(time)) },
    { name: 'open', data: open },
    { name: 'high', data: high },
    { name: 'low', data: low },
    { name: 'close', data: close },
    { name: 'volume', data: Array.from(volume, (traded) => (Number.isNaN(traded) ? null : traded)) },
    { name: 'provenance', data: [...(provenance ?? Array<null>(length).fill(null))] },
  ];
}
