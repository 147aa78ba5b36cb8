import { settingsSchema } from '../../src/contract/settings.ts';
import type { Segment } from '../../src/core/instrument.ts';
import type { OpenContext } from '../../src/main/brokers/broker-module.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadUniverse } from '../../src/main/platform/load-universe.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { nse } from '../support/nse.ts';

/** The instruments the app ships with. */
export const universe = loadUniverse(findResources(import.meta.dirname));

const calendars = new Map<Segment, ReturnType<typeof nse>>();

export function calendarOf(segment: Segment): ReturnType<typeof nse> {
  const calendar = calendars.get(segment) ?? nse(segment);
  calendars.set(segment, calendar);
  return calendar;
}

/** What a broker is opened with, by default on a quiet Saturday after the session of 2026-11-20. */
export function openContext(changes: Partial<OpenContext> = {}): OpenContext & { readonly clock: FakeClock } {
  return {
    credentials: {},
    saveCredentials() {},
    instruments: universe,
    settings: settingsSchema.parse({}).feed,
    calendarOf,
    endpoints: {},
    options: {},
    cacheDir: 'unused',
    resumeAt: undefined,
    logger: { info() {}, warn() {}, error() {} },
    ...changes,
    clock: changes.clock instanceof FakeClock ? changes.clock : new FakeClock(Date.parse('2026-11-21T12:00:00+05:30')),
  };
}
