import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../src/contract/events.ts';
import type { InstrumentKey } from '../src/core/brand.ts';
import { AppError } from '../src/core/errors.ts';
import type { BrokerModule } from '../src/main/brokers/broker-module.ts';
import type { BrokerSession } from '../src/main/engine/ports.ts';
import { ask, engineAt, snapshotOf, until } from './support/composed.ts';
import { FakeClock } from './support/fake-clock.ts';
import { HandVenue } from './support/hand-venue.ts';
import { INFY } from './support/tape.ts';
import { MANIFEST } from './support/world.ts';

const TOKEN = [{ name: 'token', label: 'Token', hint: '', secret: true }] as const;

/** Two venues of hand: the first one's `open` says what `answer` does. */
async function venues(answer: () => BrokerSession, openSecond?: () => BrokerSession) {
  const clock = new FakeClock(Date.parse('2026-10-30T10:00:00+05:30'));
  const second = new HandVenue([INFY], clock);
  let opened = 0;
  const broker = (id: string, open: () => BrokerSession): BrokerModule => ({
    manifest: { ...MANIFEST, id, label: id, credentialFields: TOKEN },
    open: async () => open(),
    decode: () => [],
  });
  const brokers = [
    broker('alpha', () => {
      opened += 1;
      return answer();
    }),
    broker('beta', openSecond ?? (() => second.session)),
  ];
  const lists = { alpha: { instruments: [INFY.key as InstrumentKey] } };
  const running = await engineAt(
    '10:00',
    {},
    { feed: { source: 'alpha', standby: 'beta', lists }, rule: { enabled: false } },
    undefined,
    brokers,
  );
  const feed = async (): Promise<Snapshot['feed']> => (await snapshotOf(running.engine)).feed;
  let price = 100;
  const tell = (): void => {
    price += 1;
    second.tick(running.clock.now(), price);
  };
  return { ...running, second, feed, tell, opened: () => opened };
}

describe('a first venue that cannot be opened, beside a second that can', () => {
  it('is opened as soon as it can be, once, while the second carries', async () => {
    const clock = new FakeClock(0);
    const first = new HandVenue([INFY], clock);
    let isReachable = false;
    const {
      feed,
      tell,
      opened,
      clock: time,
    } = await venues(() => {
      if (!isReachable) throw new AppError('network', 'It cannot be reached.');
      return first.session;
    });
    await until(time, async () => {
      tell();
      return (await feed()).standby?.isCarrying === true;
    });
    const before = opened();
    isReachable = true;
    await until(time, async () => {
      const { standby, status } = await feed();
      return standby?.first.state === 'live' && status.state === 'live';
    });
    expect(opened() - before, 'once to see, once to stay').toBe(2);
  });
});

describe('a person who connects again', () => {
  it('has a first that gave up opened anew, though the second carries', async () => {
    const clock = new FakeClock(0);
    const first = new HandVenue([INFY], clock);
    const { engine, feed, tell, opened, clock: time } = await venues(() => first.session);
    first.line.status({ state: 'stopped', reason: 'auth-expired', message: 'Log in.' });
    await until(time, async () => {
      tell();
      return (await feed()).standby?.isCarrying === true;
    });
    const before = opened();
    await ask(engine, 'feed.reconnect', null);
    expect(opened()).toBe(before + 1);
  });
});

describe('credentials that the venue refuses', () => {
  it('are stored all the same, and every screen hears of it', async () => {
    const first = new HandVenue([INFY], new FakeClock(0));
    const refused = new AppError('auth-expired', 'This token is not accepted.');
    const { engine, events, clock } = await venues(() => ({ ...first.session, renew: () => Promise.reject(refused) }));
    const saving = ask(engine, 'credentials.save', { broker: 'alpha', fields: { token: 'x' } });
    await expect(saving).rejects.toThrow('not accepted');
    clock.advance(1_000);
    const told = events.findLast((event) => event.type === 'brokers');
    expect(told?.brokers.find(({ manifest }) => manifest.id === 'alpha')?.fieldsSet).toEqual(['token']);
  });
});

describe('a second venue that cannot be opened', () => {
  it('is shown with what it lacks, and the first tells meanwhile', async () => {
    const first = new HandVenue([INFY], new FakeClock(0));
    const { feed } = await venues(
      () => first.session,
      () => {
        throw new AppError('auth-expired', 'Log in at beta.');
      },
    );
    expect(await feed()).toMatchObject({
      status: { state: 'live' },
      standby: { source: 'beta', isCarrying: false, status: { state: 'stopped', reason: 'auth-expired' } },
    });
  });
});
