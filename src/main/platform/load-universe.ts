import { join } from 'node:path';
import { z } from 'zod';
import type { SymbolRename } from '../../core/corporate-action.ts';
import type { AppError } from '../../core/errors.ts';
import { type Instrument, SEGMENTS } from '../../core/instrument.ts';
import { currentKey, type Universe } from '../../core/universe.ts';
import { dateField, keyField } from './data-fields.ts';
import { readDataFile } from './read-data-file.ts';
import { readUserFile } from './read-user-file.ts';

const instrumentSchema = z.object({
  key: keyField,
  name: z.string().min(1),
  segment: z.enum(SEGMENTS),
  sector: z
    .string()
    .min(1)
    .nullable()
    .transform((sector) => sector ?? undefined),
  tickSize: z.number().positive(),
  priceDecimals: z.int().min(0).max(8),
  lotSize: z.int().positive(),
});

const renameSchema = z.object({ from: keyField, to: keyField, firstSession: dateField });

const keysOrUnknown = z
  .array(keyField)
  .nullable()
  .transform((keys) => keys ?? undefined);

const changeSchema = z
  .object({ effective: dateField, added: keysOrUnknown, removed: keysOrUnknown, status: z.string().min(1) })
  .refine(({ added, removed }) => (added === undefined) === (removed === undefined), {
    message: 'must be null where added is, and only there',
    path: ['removed'],
  });

const universeSchema = z.object({
  asOf: dateField,
  instruments: z
    .array(instrumentSchema)
    .min(1)
    .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, {
      message: 'names an instrument twice',
    }),
  renames: z
    .array(renameSchema)
    .refine((list) => new Set(list.map(({ from }) => from)).size === list.length, { message: 'renames a symbol twice' })
    .refine(endsSomewhere, { message: 'runs in a circle' })
    .default([]),
  changes: z
    .array(changeSchema)
    .refine((list) => list.every((change, index) => (list[index - 1]?.effective ?? '') < change.effective), {
      message: 'must follow one another, the oldest first',
    })
    .default([]),
});

/** Every name that was given up leads to one that was not. */
function endsSomewhere(renames: readonly SymbolRename[]): boolean {
  const old = new Set(renames.map(({ from }) => from));
  return renames.every(({ from }) => !old.has(currentKey(from, renames)));
}

/** The index, then its constituents, from `universe/nifty50.json`. Throws an AppError naming file and field. */
export function loadUniverse(resourcesDir: string): readonly Instrument[] {
  return readUniverse(resourcesDir).instruments;
}

/**
 * The list with its renames and the changes of the index. A person's own file (`universe.json` in the data folder,
 * the same fields) takes its place; where that tells no renames, ours stay. A file that cannot be used is ignored
 * and told. Throws an AppError naming file and field when the shipped file is broken.
 */
export function loadFullUniverse(
  resourcesDir: string,
  userFile: string,
  onTrouble: (error: AppError) => void,
): Universe {
  const shipped = readUniverse(resourcesDir);
  const own = readUserFile(userFile, universeSchema, onTrouble);
  if (own === undefined) return shipped;
  return { ...own, renames: own.renames.length > 0 ? own.renames : shipped.renames };
}

function readUniverse(resourcesDir: string): Universe {
  return readDataFile(join(resourcesDir, 'universe', 'nifty50.json'), universeSchema);
}
