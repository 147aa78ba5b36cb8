import { settingsSchema } from '../../../src/contract/settings.ts';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { Instrument } from '../../../src/core/instrument.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { ACCOUNT } from '../../fakes/fyers-login.ts';
import type { FakeSymbol } from '../../fakes/fyers-symbols.ts';
import type { FyersVenue } from '../../fakes/fyers-venue.ts';
import { nse } from '../../support/nse.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { realClock } from '../../support/real-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

export const key = (symbol: string): InstrumentKey => `NSE:${symbol}` as InstrumentKey;

/** Our own key of a symbol: without its series, and the index as NSE writes it. */
export function keyOf({ ticker, indexName }: FakeSymbol): InstrumentKey {
  return key(indexName === undefined ? ticker.slice(4, ticker.lastIndexOf('-')) : indexName.toUpperCase());
}

/** What the app would ask for. */
export function instrumentOf(symbol: FakeSymbol): Instrument {
  return {
    key: keyOf(symbol),
    name: symbol.name,
    segment: symbol.indexName === undefined ? 'nse-cas' : 'nse-index',
    sector: undefined,
    tickSize: 0.1,
    priceDecimals: 2,
    lotSize: 1,
  };
}

export interface TestContext extends OpenContext {
  readonly logger: QuietLogger;
  /** What the broker asked to store, in order. */
  readonly saved: Readonly<Record<string, string>>[];
}

/** The context of a user who is logged in at the fake venue, unless something else is said. */
export function contextFor(
  venue: Pick<FyersVenue, 'apiUrl' | 'wsUrl' | 'accessToken'>,
  symbols: readonly FakeSymbol[],
  changes: Partial<OpenContext> = {},
): TestContext {
  const saved: Readonly<Record<string, string>>[] = [];
  const logger = new QuietLogger();
  return {
    clock: realClock,
    credentials: { appId: ACCOUNT.appId, accessToken: venue.accessToken },
    instruments: symbols.map(instrumentOf),
    settings: settingsSchema.parse({}).feed,
    calendarOf: nse,
    endpoints: { api: venue.apiUrl, ws: venue.wsUrl },
    options: { lite: false, orderUpdates: true },
    cacheDir: tempFolder(),
    resumeAt: undefined,
    ...changes,
    saveCredentials: (fields) => saved.push(fields),
    logger,
    saved,
  };
}
