import { z } from 'zod';
import type { InstrumentKey, TradingDate } from '../../core/brand.ts';

/** Fields that several data files have. */
export const dateField = z.iso.date('must be a date like 2026-08-03').transform((date) => date as TradingDate);

export const keyField = z
  .string()
  .regex(/^[A-Z]+:\S.*$/, 'must be EXCHANGE:SYMBOL')
  .transform((key) => key as InstrumentKey);
