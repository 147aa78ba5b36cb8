import { settingsSchema } from '../../../src/contract/settings.ts';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { Instrument } from '../../../src/core/instrument.ts';
import { segmentOf } from '../../../src/core/segment-of.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { calendars } from '../../../src/main/platform/calendars.ts';
import { findResources } from '../../../src/main/platform/find-resources.ts';
import { FAKE_SYMBOLS, type FcsVenue } from '../../fakes/fcs-venue.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { realClock } from '../../support/real-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

export const calendarOf = calendars(findResources(import.meta.dirname));

export const key = (symbol: string): InstrumentKey => symbol as InstrumentKey;

/** What the app knows of a key that no list has: a guess. */
export function guessOf(symbol: string): Instrument {
  return {
    key: key(symbol),
    name: symbol,
    segment: segmentOf(key(symbol), []),
    sector: undefined,
    tickSize: 0.05,
    priceDecimals: 2,
    lotSize: 1,
  };
}

export interface TestContext extends OpenContext {
  readonly logger: QuietLogger;
}

/** The context of a user with a key of the fake venue, unless something else is said. */
export function contextFor(
  venue: Pick<FcsVenue, 'apiUrl' | 'wsUrl' | 'accessKey'>,
  changes: Partial<OpenContext> = {},
): TestContext {
  return {
    clock: realClock,
    credentials: { accessKey: venue.accessKey },
    saveCredentials: () => undefined,
    instruments: FAKE_SYMBOLS.map(guessOf),
    settings: settingsSchema.parse({}).feed,
    calendarOf,
    endpoints: { api: venue.apiUrl, ws: venue.wsUrl },
    options: {},
    cacheDir: tempFolder(),
    resumeAt: undefined,
    ...changes,
    logger: new QuietLogger(),
  };
}
