import { settingsSchema } from '../../../src/contract/settings.ts';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { Segment } from '../../../src/core/instrument.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { moscowShare } from '../../../src/main/brokers/tinvest/presets.ts';
import { calendars } from '../../../src/main/platform/calendars.ts';
import { findResources } from '../../../src/main/platform/find-resources.ts';
import type { FakeInstrument } from '../../fakes/tinvest-frames.ts';
import type { TinvestVenue } from '../../fakes/tinvest-venue.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { realClock } from '../../support/real-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

export const key = (symbol: string): InstrumentKey => `MOEX:${symbol}` as InstrumentKey;

const calendarOfSegment = calendars(findResources(import.meta.dirname));

/** The calendars the app ships. */
export const calendarOf = (segment: Segment) => calendarOfSegment(segment);

export interface TestContext extends OpenContext {
  readonly logger: QuietLogger;
}

/** The context of a person with a token of the fake venue, unless something else is said. */
export function contextFor(
  venue: Pick<TinvestVenue, 'apiUrl' | 'wsUrl' | 'token'>,
  instruments: readonly FakeInstrument[],
  changes: Partial<OpenContext> = {},
): TestContext {
  return {
    clock: realClock,
    credentials: { token: venue.token },
    saveCredentials: () => undefined,
    instruments: instruments.map(({ ticker }) => moscowShare(ticker)),
    settings: settingsSchema.parse({}).feed,
    calendarOf,
    endpoints: { api: venue.apiUrl, ws: venue.wsUrl },
    options: {},
    cacheDir: changes.cacheDir ?? tempFolder(),
    resumeAt: undefined,
    ...changes,
    logger: new QuietLogger(),
  };
}
