import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import { readFrame } from '../../../src/main/brokers/kite/read-frame.ts';

export const INFY = 408_065;
export const RELIANCE = 738_561;
export const NIFTY = 256_265;
export const USDINR = 412_675; // The low byte is 3: NSE currency.
export const instruments = new Map(
  Object.entries({
    [INFY]: 'NSE:INFY',
    [RELIANCE]: 'NSE:RELIANCE',
    [NIFTY]: 'NSE:NIFTY 50',
    [USDINR]: 'CDS:USDINR',
  }).map(([token, key]) => [Number(token), key as InstrumentKey]),
);
export const receivedAt = Date.parse('2024-06-12T12:46:11+05:30') as EpochMs;
/** Reads a message as one that just came, every packet a new trade. */
export const read = (message: Uint8Array) => readFrame(message, instruments, receivedAt, () => true);
