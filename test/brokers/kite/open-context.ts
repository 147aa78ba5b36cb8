import { settingsSchema } from '../../../src/contract/settings.ts';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { Instrument } from '../../../src/core/instrument.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import type { FakeInstrument } from '../../fakes/kite-instruments.ts';
import type { KiteVenue } from '../../fakes/kite-venue.ts';
import { nse } from '../../support/nse.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { realClock } from '../../support/real-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

export const key = (symbol: string): InstrumentKey => `NSE:${symbol}` as InstrumentKey;

/** What the app would ask for. */
export function instrumentOf({
  tradingSymbol,
  name,
  segment,
}: Pick<FakeInstrument, 'tradingSymbol' | 'name' | 'segment'>): Instrument {
  return {
    key: key(tradingSymbol),
    name,
    segment: segment === 'INDICES' ? 'nse-index' : 'nse-cas',
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
  venue: Pick<KiteVenue, 'apiUrl' | 'wsUrl' | 'loginUrl' | 'apiKey' | 'accessToken'>,
  instruments: readonly FakeInstrument[],
  changes: Partial<OpenContext> = {},
): TestContext {
  const saved: Readonly<Record<string, string>>[] = [];
  const logger = new QuietLogger();
  return {
    clock: realClock,
    credentials: { apiKey: venue.apiKey, accessToken: venue.accessToken },
    instruments: instruments.map(instrumentOf),
    settings: settingsSchema.parse({}).feed,
    calendarOf: nse,
    endpoints: { api: venue.apiUrl, ws: venue.wsUrl, login: venue.loginUrl },
    options: {},
    cacheDir: tempFolder(),
    resumeAt: undefined,
    ...changes,
    saveCredentials: (fields) => saved.push(fields),
    logger,
    saved,
  };
}
