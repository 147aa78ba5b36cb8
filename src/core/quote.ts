import type { EpochMs, InstrumentKey } from './brand.ts';

/** What the screen needs of an instrument, right now. `undefined` is unknown. */
export interface Quote {
  readonly instrument: InstrumentKey;
  readonly ltp: number;
  readonly previousClose: number | undefined;
  /** Change from the previous session's close, in percent. */
  readonly changePercent: number | undefined;
  readonly dayVolume: number | undefined;
  readonly dayOpen?: number | undefined;
  readonly dayHigh?: number | undefined;
  readonly dayLow?: number | undefined;
  readonly bid?: number | undefined;
  readonly ask?: number | undefined;
  /** Readings of the scan's rule as if its forming bar closed now. */
  readonly rsi: number | undefined;
  readonly trend: 'up' | 'down' | undefined;
  readonly time: EpochMs;
  readonly receivedAt: EpochMs;
}
