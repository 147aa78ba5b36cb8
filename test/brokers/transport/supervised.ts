import { onTestFinished } from 'vitest';
import { supervise } from '../../../src/main/brokers/transport/supervisor.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeLink } from './fake-link.ts';

export const SECOND = 1_000;

/** A supervised connection over a fake socket and a fake clock; ends with the test. */
export function startSupervised(prepare: (link: FakeLink) => void = () => undefined) {
  const clock = new FakeClock(1_000_000);
  const link = new FakeLink();
  prepare(link);
  const stop = new AbortController();
  const done = supervise(link, { clock, jitter: () => 0.5 }, stop.signal);
  onTestFinished(() => {
    stop.abort();
    link.socket.terminate();
    return done;
  });
  /** Lets promises settle, then time pass, one second after another as a real clock would. */
  const wait = async (seconds: number): Promise<void> => {
    for (let passed = 0; passed < seconds; passed += 1) {
      await settle();
      clock.advance(SECOND);
    }
    await settle();
  };
  return { clock, link, stop, done, wait };
}

/** Lets everything that waits on promises alone happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
