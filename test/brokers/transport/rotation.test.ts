import { describe, expect, it, onTestFinished } from 'vitest';
import { Meter } from '../../../src/main/brokers/transport/meter.ts';
import { superviseRotating } from '../../../src/main/brokers/transport/rotation.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeLink } from './fake-link.ts';
import { settle } from './supervised.ts';

const LIFE = 3_600;

/** A link that carries everything once it was told so. */
class Carrier extends FakeLink {
  carries = false;

  isCarrying(): boolean {
    return this.carries;
  }
}

function start() {
  const clock = new FakeClock(1_000_000);
  const links: Carrier[] = [];
  const meter = new Meter('market', clock);
  const stop = new AbortController();
  let opened = 0;
  const done = superviseRotating(
    () => {
      const link = new Carrier();
      links.push(link);
      return link;
    },
    { clock, jitter: () => 0.5, meter, lifeMs: () => LIFE * 1_000 + 1_000 * opened++ },
    stop.signal,
  );
  onTestFinished(async () => {
    stop.abort();
    await settle();
    for (const link of links) for (const socket of link.sockets) socket.terminate();
    await done;
    expect(clock.timers, 'nothing is left behind').toBe(0);
  });
  const sockets = () => links.flatMap((link) => link.sockets);
  /** Time passes second by second, and whatever is open hears a price in each. */
  const wait = async (seconds: number): Promise<void> => {
    for (let passed = 0; passed < seconds; passed += 1) {
      for (const socket of sockets()) if (socket.isOpen) socket.hear('price');
      await settle();
      clock.advance(1_000);
    }
    await settle();
  };
  /** The nth line, counted from 0. */
  const link = (at: number): Carrier => {
    const found = links[at];
    if (found === undefined) throw new Error(`There is no line ${at}.`);
    return found;
  };
  const states = (at: number) => link(at).statuses.map(({ state }) => state);
  return { clock, links, link, states, meter, stop, done, wait, sockets };
}

async function begin(rig: ReturnType<typeof start>): Promise<void> {
  rig.link(0).carries = true;
  rig.link(0).socket.open();
  await rig.wait(LIFE - 1);
  expect(rig.links).toHaveLength(1);
  await rig.wait(1);
  expect(rig.links, 'the next is made when the first is due').toHaveLength(2);
}

describe('a rotation', () => {
  it('closes the old connection once the new one carries everything, and says nothing of it', async () => {
    const rig = start();
    await begin(rig);
    expect(rig.link(0).socket.isClosed).toBe(false);
    rig.link(1).socket.open();
    rig.link(1).socket.hear('heartbeat');
    await rig.wait(3);
    expect(rig.link(0).socket.isClosed, 'not everything is subscribed yet').toBe(false);
    rig.link(1).carries = true;
    rig.link(1).socket.hear('heartbeat');
    await settle();
    expect([rig.link(0).socket.isClosed, rig.link(1).socket.isClosed]).toEqual([true, false]);
    expect([rig.states(0), rig.states(1)]).toEqual([['connecting', 'live'], []]);
    expect(rig.meter.metrics).toMatchObject({ rotations: 1, reconnects: 0, errors: 0, state: 'live' });
    await rig.wait(LIFE - 2);
    expect(rig.links, 'and so on').toHaveLength(3);
  });

  it('speaks through the new one from then on', async () => {
    const rig = start();
    await begin(rig);
    rig.link(1).carries = true;
    rig.link(1).socket.open();
    await settle();
    expect(rig.link(0).socket.isClosed).toBe(true);
    rig.link(1).socket.end({ kind: 'lost', reason: 'cut' });
    await settle();
    expect(rig.states(1)).toEqual(['waiting']);
    expect(rig.meter.metrics).toMatchObject({ state: 'waiting', errors: 1 });
    rig.stop.abort();
    await rig.done;
    expect(rig.link(1).last).toEqual({ state: 'stopped', reason: 'by-user' });
  });

  it.each([
    ['is lost', (rig: ReturnType<typeof start>) => rig.link(1).socket.end({ kind: 'lost', reason: 'cut' })],
    ['is refused', (rig: ReturnType<typeof start>) => rig.link(1).socket.end({ kind: 'refused', httpStatus: 401 })],
  ])('keeps the old one when the new one %s, and tries again in a minute', async (_case, fail) => {
    const rig = start();
    await begin(rig);
    fail(rig);
    await rig.wait(59);
    expect(rig.links).toHaveLength(2);
    await rig.wait(1);
    expect(rig.links).toHaveLength(3);
    expect(rig.link(0).socket.isClosed).toBe(false);
    expect(rig.states(0)).toEqual(['connecting', 'live']);
    expect(rig.meter.metrics).toMatchObject({ rotations: 0, errors: 0, state: 'live' });
  });

  it('gives up on a new one that never carries everything', async () => {
    const rig = start();
    await begin(rig);
    rig.link(1).socket.open();
    await rig.wait(29);
    expect(rig.link(1).socket.isClosed).toBe(false);
    await rig.wait(1);
    expect(rig.link(1).socket.isClosed).toBe(true);
    expect(rig.link(0).socket.isClosed).toBe(false);
    await rig.wait(60);
    expect(rig.links).toHaveLength(3);
  });

  it('lets the old one connect anew should it be lost meanwhile, and counts its life from there', async () => {
    const rig = start();
    await begin(rig);
    rig.link(0).socket.end({ kind: 'lost', reason: 'cut' });
    rig.link(1).socket.end({ kind: 'lost', reason: 'cut' });
    await rig.wait(2);
    rig.link(0).socket.open();
    expect(rig.link(0).sockets).toHaveLength(2);
    await rig.wait(120);
    expect(rig.links).toHaveLength(2);
    await rig.wait(LIFE - 110);
    expect(rig.links).toHaveLength(3);
    expect(rig.meter.metrics).toMatchObject({ reconnects: 1, errors: 1 });
  });

  it('ends both when told to stop half-way', async () => {
    const rig = start();
    await begin(rig);
    rig.link(1).socket.open();
    rig.stop.abort();
    await rig.done;
    expect(rig.sockets().every(({ isClosed }) => isClosed)).toBe(true);
    expect(rig.states(0).at(-1)).toBe('stopped');
    expect(rig.states(1)).toEqual([]);
  });

  it('ends when the login is refused', async () => {
    const rig = start();
    rig.link(0).socket.end({ kind: 'refused', httpStatus: 401 });
    await rig.done;
    expect(rig.link(0).last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
  });
});
