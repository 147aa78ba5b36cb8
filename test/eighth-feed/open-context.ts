import type { OpenContext } from '../../src/main/brokers/broker-module.ts';
import { openContext } from '../brokers/open-context.ts';
import { realClock } from '../support/real-clock.ts';
import type { FakePigeon } from './fake-pigeon.ts';
import { manifest } from './pigeon/manifest.ts';

/** The context of a person who is logged in at the fake exchange, unless something else is said. */
export function contextAt(exchange: FakePigeon, changes: Partial<OpenContext> = {}): OpenContext {
  return {
    ...openContext(),
    clock: realClock,
    credentials: { token: exchange.issue() },
    instruments: manifest.presets?.[0]?.instruments ?? [],
    endpoints: { api: exchange.apiUrl, ws: exchange.wsUrl },
    ...changes,
  };
}
