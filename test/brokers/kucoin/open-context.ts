import { settingsSchema } from '../../../src/contract/settings.ts';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { Instrument } from '../../../src/core/instrument.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { FAKE_SYMBOLS, type FakeSymbol } from '../../fakes/kucoin-symbols.ts';
import { nse } from '../../support/nse.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { realClock } from '../../support/real-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

export const key = (symbol: string): InstrumentKey => `KUCOIN:${symbol}` as InstrumentKey;

/** A bare guess, as for a key that a person typed. */
export function guessOf(symbol: string): Instrument {
  return {
    key: key(symbol),
    name: symbol,
    segment: 'nse-cash',
    sector: undefined,
    tickSize: 0.05,
    priceDecimals: 2,
    lotSize: 1,
  };
}

export interface TestContext extends OpenContext {
  readonly logger: QuietLogger;
}

/** The context of a person who watches what the fake venue trades, unless something else is said. */
export function contextFor(
  venue: { readonly apiUrl: string },
  changes: Partial<OpenContext> = {},
  symbols: readonly FakeSymbol[] = FAKE_SYMBOLS.filter(({ enableTrading = true }) => enableTrading),
): TestContext {
  return {
    clock: realClock,
    credentials: {},
    instruments: symbols.map(({ symbol }) => guessOf(symbol)),
    settings: settingsSchema.parse({}).feed,
    calendarOf: nse,
    endpoints: { api: venue.apiUrl },
    options: {},
    cacheDir: tempFolder(),
    resumeAt: undefined,
    saveCredentials: () => undefined,
    ...changes,
    logger: new QuietLogger(),
  };
}
