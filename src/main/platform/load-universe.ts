import { join } from 'node:path';
import { z } from 'zod';
import type { InstrumentKey } from '../../core/brand.ts';
import { type Instrument, SEGMENTS } from '../../core/instrument.ts';
import { readDataFile } from './read-data-file.ts';

const instrumentSchema = z.object({
  key: z
    .string()
    .regex(/^[A-Z]+:\S.*$/, 'must be EXCHANGE:SYMBOL')
    .transform((key) => key as InstrumentKey),
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

const universeSchema = z.object({
  instruments: z
    .array(instrumentSchema)
    .min(1)
    .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, {
      message: 'names an instrument twice',
    }),
});

/** The index, then its constituents, from `universe/nifty50.json`. Throws an AppError naming file and field. */
export function loadUniverse(resourcesDir: string): readonly Instrument[] {
  return readDataFile(join(resourcesDir, 'universe', 'nifty50.json'), universeSchema).instruments;
}
