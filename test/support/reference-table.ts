import { existsSync, readFileSync } from 'node:fs';
import type { Bar } from '../../src/core/indicators/indicator.ts';

const FOLDER = '../shared/market-data';
export const REFERENCE_FILES = ['indicator-reference.csv', 'indicator-reference-nifty-5m.csv'] as const;
const INPUTS = ['time', 'open', 'high', 'low', 'close', 'volume'];

/** Bars, and what independent programs made of them. An empty field is undefined. */
export interface ReferenceTable {
  readonly bars: readonly Bar[];
  readonly columns: ReadonlyMap<string, readonly (number | undefined)[]>;
}

export function hasReference(file: string): boolean {
  return existsSync(`${FOLDER}/${file}`);
}

export function readReference(file: string): ReferenceTable {
  const [header = '', ...rows] = readFileSync(`${FOLDER}/${file}`, 'utf8').trim().split('\n');
  const fields = rows.map((row) => row.split(',').map((field) => (field === '' ? undefined : Number(field))));
  const all = new Map(header.split(',').map((name, at) => [name, fields.map((row) => row[at])]));
  const at = (name: string, index: number): number => all.get(name)?.[index] ?? Number.NaN;
  const bars = fields.map((_row, index) => ({
    openTime: at('time', index) * 1_000,
    open: at('open', index),
    high: at('high', index),
    low: at('low', index),
    close: at('close', index),
    volume: at('volume', index),
  }));
  return { bars, columns: new Map([...all].filter(([name]) => !INPUTS.includes(name))) };
}
