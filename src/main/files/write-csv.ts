import { type EpochMs, SECOND_MS } from '../../core/brand.ts';
import { type BarSheet, istText, type SheetWriter } from './bar-sheet.ts';
import type { NewFile } from './new-file.ts';

/** Lines are gathered into blocks, because a system call a line is slow. */
const BLOCK_CHARACTERS = 1 << 20;

/**
 * Writes bars as `time,open,high,low,close,volume,provenance,ist`: time in unix seconds of the bar's opening, `ist`
 * the same on a wall in India, an unknown volume empty. With `namesInstruments` a last column names each row's
 * instrument. Numbers keep all their digits.
 */
export function csvWriter(file: NewFile, namesInstruments: boolean): SheetWriter {
  let held = `time,open,high,low,close,volume,provenance,ist${namesInstruments ? ',instrument' : ''}\n`;
  const flush = async (): Promise<void> => {
    const block = held;
    held = '';
    await file.write(block);
  };
  return {
    async add(sheet) {
      const end = namesInstruments ? `,${sheet.instrument}\n` : '\n';
      for (let row = 0; row < sheet.columns.openTime.length; row += 1) {
        held += `${rowText(sheet, row)}${end}`;
        if (held.length >= BLOCK_CHARACTERS) await flush();
      }
    },
    finish: flush,
  };
}

function rowText({ columns, provenance }: BarSheet, row: number): string {
  const { openTime, open, high, low, close, volume } = columns;
  // The columns have one length, so what holds for one holds for the rest.
  const time = openTime[row] as EpochMs;
  const traded = volume[row] as number;
  const prices = `${open[row]},${high[row]},${low[row]},${close[row]}`;
  const quantity = Number.isNaN(traded) ? '' : traded;
  return `${time / SECOND_MS},${prices},${quantity},${provenance?.[row] ?? ''},${istText(time)}`;
}
