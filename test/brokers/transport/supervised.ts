import { expect, onTestFinished } from 'vitest';
import { Meter } from '../../../src/main/brokers/transport/meter.ts';
import { type SupervisorOptions, supervise } from '../../../src/main/brokers/transport/supervisor.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeLink } from './fake-link.ts';

export const SECOND = 1_000;

/** A supervised connection over a fake socket and a fake clock; ends with the test, and leaves no timer behind. */
export function startSupervised(
  prepare: (link: FakeLink) => void = () => undefined,
  options: Partial<SupervisorOptions> = {},
) {
  const clock = new FakeClock(1_000_000);
  const link = new FakeLink();
  prepare(link);
  const stop = new AbortController();
  const meter = new Meter('prices', clock);
  const done = supervise(link, { clock, jitter: () => 0.5, meter, ...options }, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    link.socket.terminate();
    await done;
    expect(clock.timers, 'timers left behind').toBe(0);
  });
  /** Lets promises settle, then time pass, one second after another as a real clock would. */
  const wait = async (seconds: number): Promise<void> => {
    for (let passed = 0; passed < seconds; passed += 1) {
      await settle();
      clock.advance(SECOND);
    }
    await settle();
  };
  /** How long it waits for the next attempt, in seconds. */
  const waiting = async (): Promise<number> => {
    await settle();
    const status = link.last;
    if (status?.state !== 'waiting') throw new Error(`It does not wait, it is ${status?.state}.`);
    return (status.retryAt - clock.now()) / SECOND;
  };
  return { clock, link, meter, stop, done, wait, waiting };
}

/** Lets everything that waits on promises alone happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
