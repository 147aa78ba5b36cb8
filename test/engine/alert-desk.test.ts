import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/contract/events.ts';
import { type Settings, settingsSchema } from '../../src/contract/settings.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import { signalId } from '../../src/core/signal.ts';
import { AlertDesk } from '../../src/main/engine/alert-desk.ts';
import type { AlertWrite } from '../../src/main/engine/alert-store-port.ts';
import type { Found } from '../../src/main/engine/found.ts';
import { makePassport } from '../../src/main/engine/passport-maker.ts';
import { Publisher } from '../../src/main/engine/publisher.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { foundOf } from '../support/found.ts';

const FEED = { source: 'kite', label: 'Kite', mode: 'streaming', status: 'live' };

interface Wishes {
  /** Runs instead of what makes passports. */
  readonly passport?: () => never;
  readonly onRaised?: (id: string) => void;
  readonly alerts?: Partial<Settings['alerts']>;
  readonly isMuted?: boolean;
}

function deskOver(store: Store, { alerts, isMuted = false, passport, onRaised }: Wishes = {}) {
  const clock = new FakeClock(600_500);
  const publisher = new Publisher(clock);
  const events: EngineEvent[] = [];
  const owed: string[] = [];
  const unstored: (readonly string[])[] = [];
  const raised: string[] = [];
  const troubles: string[] = [];
  publisher.subscribe((batch) => events.push(...batch.events));
  const desk = new AlertDesk({
    store,
    clock,
    wall: clock,
    publisher,
    channels: ['desktop', 'webhook'],
    settings: () => settingsSchema.parse({ alerts }),
    isMuted: () => isMuted,
    passportOf: (found, { raisedAt: storedAt }) =>
      passport?.() ??
      makePassport(found, { store, actions: [], feed: FEED, exchange: undefined, received: undefined, storedAt }),
    onOwed: () => owed.push(...store.deliveries('desktop', 10).map(({ alert }) => alert.id)),
    onUnstored: (_alert, channels) => unstored.push(channels),
    onRaised(_found, { id }) {
      onRaised?.(id);
      raised.push(id);
    },
    onTrouble: ({ message }) => troubles.push(message),
  });
  const raise = (found: Found = foundOf()): void => {
    desk.raise(found);
    clock.advance(100);
  };
  return { desk, clock, raise, events, owed, unstored, raised, troubles };
}

const ID = signalId(foundOf().signal);

describe('AlertDesk', () => {
  it('stores, then tells, with the reason in words', () => {
    const store = openStore(':memory:');
    const writes: AlertWrite[] = [];
    let told = 0;
    const { raise, events, owed, raised } = deskOver({
      ...store,
      raise(write) {
        writes.push(write);
        told = events.length + owed.length;
        return store.raise(write);
      },
    });
    raise();
    expect(told, 'nobody was told before it was on disk').toBe(0);
    expect(writes).toMatchObject([{ channels: ['desktop'], passport: { alert: ID, text: foundOf().finding.text } }]);
    expect([owed, raised]).toEqual([[ID], [ID]]);
    expect(events).toMatchObject([
      {
        type: 'alert',
        alert: { id: ID, raisedAt: 600_500, read: false },
        told: { sound: true, spoken: false, volume: 0.6 },
      },
    ]);
    expect(store.evidence(ID)).toHaveLength(1);
  });

  it('tells once, however often it is found', () => {
    const store = openStore(':memory:');
    deskOver(store).raise();
    const again = deskOver(store);
    again.raise();
    again.raise();
    expect([again.owed, again.raised, again.events]).toEqual([[], [], []]);
  });

  it('lists a late alert and does not shout it', () => {
    const store = openStore(':memory:');
    const { raise, owed, events } = deskOver(store);
    raise(foundOf({ isLate: true }));
    expect([owed, store.deliveries('desktop', 10)]).toEqual([[], []]);
    expect(events).toMatchObject([{ type: 'alert', alert: { late: true, read: true }, told: { sound: false } }]);
  });

  it('lists what a person muted as read, and lets it trade', () => {
    const { raise, owed, events, raised } = deskOver(openStore(':memory:'), { isMuted: true });
    raise();
    expect(owed).toEqual([]);
    expect(raised).toEqual([ID]);
    expect(events).toMatchObject([{ alert: { late: false, read: true }, told: { sound: false } }]);
  });

  it('keeps the desktop quiet when asked to', () => {
    const { raise, owed, events } = deskOver(openStore(':memory:'), { alerts: { desktop: false } });
    raise();
    expect(owed).toEqual([]);
    expect(events).toHaveLength(1);
  });

  it('tells even when the disk refuses, says so, and trades nothing', () => {
    const { raise, unstored, raised, troubles } = deskOver({
      ...openStore(':memory:'),
      raise() {
        throw new AppError('storage', 'The disk is full.');
      },
    });
    raise();
    expect(unstored).toEqual([['desktop']]);
    expect(raised).toEqual([]);
    expect(troubles).toEqual(['The disk is full.']);
  });

  const foundAt = (minute: number): Found => {
    const { finding, signal, ...rest } = foundOf();
    const barTime = (finding.barTime + minute * 60_000) as EpochMs;
    return { ...rest, finding: { ...finding, barTime }, signal: { ...signal, barTime } };
  };

  it('stores together what fires at one instant, and tells it in order', () => {
    const store = openStore(':memory:');
    const written: number[] = [];
    const { desk, clock, events, raised, owed } = deskOver({
      ...store,
      raiseAll(writes) {
        written.push(writes.length);
        return store.raiseAll(writes);
      },
    });
    desk.together(() => {
      desk.raise(foundAt(0));
      desk.together(() => desk.raise(foundAt(5)));
      desk.raise(foundAt(0));
      expect([store.alerts(9), raised], 'nothing yet').toEqual([[], []]);
    });
    clock.advance(100);
    const ids = [0, 5].map((minute) => signalId(foundAt(minute).signal));
    expect(written).toEqual([3]);
    expect([raised, owed]).toEqual([ids, ids]);
    expect(events.map((event) => (event.type === 'alert' ? event.alert.id : event.type))).toEqual(ids);
    expect(store.brokenLink()).toBeUndefined();
  });

  it('stores them one by one where they cannot be stored together', () => {
    const store = openStore(':memory:');
    const { desk, raised, troubles } = deskOver({
      ...store,
      raiseAll() {
        throw new AppError('storage', 'Not these.');
      },
    });
    expect(() =>
      desk.together(() => {
        desk.raise(foundAt(0));
        desk.raise(foundAt(5));
        throw new Error('One track has trouble.');
      }),
    ).toThrow('One track');
    expect([raised.length, troubles]).toEqual([2, ['Not these.']]);
  });

  it('keeps and tells an alert whose passport cannot be made', () => {
    const store = openStore(':memory:');
    const passport = (): never => {
      throw new AppError('storage', 'A page cannot be read.');
    };
    const { desk, raised, unstored, troubles } = deskOver(store, { passport });
    desk.raise(foundAt(0));
    expect(store.alerts(9).map(({ id }) => id)).toEqual([ID]);
    expect([raised, unstored, troubles]).toEqual([[ID], [['desktop']], ['A page cannot be read.']]);
    desk.raise(foundAt(0));
    expect(raised, 'once').toEqual([ID]);
  });

  it('lets the trouble of one alert cost no other', () => {
    const store = openStore(':memory:');
    const onRaised = (id: string): void => {
      if (id === ID) throw new Error('The order desk stumbled.');
    };
    const { desk, raised, owed, troubles } = deskOver(store, { onRaised });
    desk.together(() => {
      desk.raise(foundAt(0));
      desk.raise(foundAt(5));
    });
    expect([raised.length, owed.length, troubles.length]).toEqual([1, 2, 1]);
  });
});
