import { describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import type { OrderStore } from '../../src/main/engine/alert-store-port.ts';
import type { OrderSink, OrderVenue, VenueOrder } from '../../src/main/engine/order-venue.ts';
import { sampleRecord, sampleTicket } from '../support/sample-ticket.ts';
import { INFY, memoryStore, minutesBefore, OrderRig, PLAN, START } from './order-rig.ts';

const GUARDED = { ...PLAN, stop: { kind: 'percent', percent: 1 } } as const;
const messages = (rig: OrderRig) => rig.desk.state().orders.map(({ message }) => message);

/** A store that holds this ticket, stored so many seconds before the start, and no further. */
function storeWith(state: 'intended' | 'placed', secondsAgo: number, purpose: 'entry' | 'exit' = 'entry'): OrderStore {
  const store = memoryStore();
  const at = (START - secondsAgo * SECOND_MS) as typeof START;
  if (purpose === 'exit') {
    const entry = sampleTicket({ rule: 'dip', barTime: minutesBefore(at, 30), at: minutesBefore(at, 25) });
    store.addTicket(entry);
    const fill = { filledPrice: 1_500, filledAt: entry.at };
    store.updateTicket(sampleRecord(entry, { state: 'filled', ...fill }));
  }
  const side = purpose === 'entry' ? 'buy' : 'sell';
  const ticket = sampleTicket({ rule: 'dip', barTime: minutesBefore(at, 5), at, purpose, side });
  store.addTicket(ticket);
  if (state === 'placed') store.updateTicket(sampleRecord(ticket, { state }));
  return store;
}

describe('after a restart', () => {
  it('what is held, its levels and its profit are as before', async () => {
    const rig = await OrderRig.open();
    rig.fire({ plan: GUARDED });
    rig.tick(1_500.05);
    rig.fire({ rule: 'other', side: 'sell' });
    rig.tick(1_501);
    rig.desk.exit('other', INFY);
    rig.tick(1_499.5);
    const before = rig.desk.state();
    expect(before).toMatchObject({ realisedToday: 15, positions: [{ stop: 1_485 }] });
    await rig.reopen();
    expect(rig.desk.state()).toEqual(before);
    rig.tick(1_485);
    rig.tick(1_484);
    expect(rig.held).toEqual([]);
  });

  it('the same signal places nothing again', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.tick(1_501);
    rig.desk.exit('dip', INFY);
    rig.tick(1_502);
    const before = rig.orders;
    await rig.reopen();
    rig.fire({ barTime: minutesBefore(START, 5) });
    rig.tick(1_503);
    expect(rig.orders).toEqual(before);
  });

  it.each([
    ['intended', 60, 'buy 10 entry filled 1501'],
    ['placed', 60, 'buy 10 entry filled 1501'],
    ['intended', 301, 'buy 10 entry expired'],
    ['placed', 301, 'buy 10 entry expired'],
  ] as const)('an entry that was %s %d seconds ago: %s', async (state, secondsAgo, expected) => {
    const rig = await OrderRig.open({ store: storeWith(state, secondsAgo) });
    rig.tick(1_501);
    rig.tick(1_502);
    expect(rig.orders).toEqual([expected]);
    if (expected.endsWith('expired')) expect(messages(rig)[0]).toMatch(/^Tickscope ended before .* its bar is past\.$/);
  });

  it.each(['intended', 'placed'] as const)('an exit that was %s yesterday still closes', async (state) => {
    const rig = await OrderRig.open({ store: storeWith(state, 86_400, 'exit') });
    expect(rig.held).toEqual(['INFY 10 @ 1500']);
    rig.tick(1_490);
    expect(rig.held).toEqual([]);
  });

  it('an entry that waits while orders are off is given up', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.tick(1_501);
    rig.fire({ side: 'sell', barTime: START });
    rig.settings = { ...rig.settings, paper: false };
    rig.tick(1_502);
    expect(messages(rig)[0]).toMatch(/switched off/);
    expect(rig.held).toEqual([]);
  });
});

/** A venue that answers as a test says: a broker far away. */
class FarVenue implements OrderVenue {
  readonly placed: string[] = [];
  known: VenueOrder[] = [];
  failure: AppError | undefined;
  sink: OrderSink | undefined;

  async place({ key }: Parameters<OrderVenue['place']>[0]): Promise<VenueOrder> {
    this.placed.push(key);
    if (this.failure !== undefined) throw this.failure;
    return this.tell(key, 'open');
  }

  tell(key: string, state: VenueOrder['state'], averagePrice?: number): VenueOrder {
    return { key, brokerOrderId: `far ${key}`, state, averagePrice, time: START, message: undefined };
  }

  async cancel(): Promise<void> {}

  async orders(): Promise<readonly VenueOrder[]> {
    return this.known;
  }
}

async function far(store?: OrderStore) {
  const venue = new FarVenue();
  const openVenue = (sink: OrderSink) => {
    venue.sink = sink;
    return venue;
  };
  const rig = await OrderRig.open({ openVenue, ...(store && { store }) });
  const answered = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { rig, venue, answered, key: sampleTicket({ rule: 'dip', barTime: minutesBefore(START, 5) }).key };
}

describe('a broker far away', () => {
  it('whose answer is lost is asked what it has, and the order is not sent again', async () => {
    const { rig, venue, answered, key } = await far();
    venue.failure = new AppError('network', 'The broker did not answer.');
    venue.known = [venue.tell(key, 'open')];
    rig.fire();
    await answered();
    expect(rig.orders).toEqual(['buy 10 entry placed']);
    expect(venue.placed).toEqual([key]);
  });

  it('that never got the order leaves it rejected, with its word', async () => {
    const { rig, venue, answered, key } = await far();
    venue.failure = new AppError('network', 'The broker did not answer.');
    rig.fire();
    await answered();
    expect(messages(rig)).toEqual(['The broker did not answer.']);
    expect(venue.placed).toEqual([key]);
  });

  it('may tell of a fill before it answers, and may tell it twice', async () => {
    const { rig, venue, answered, key } = await far();
    rig.fire();
    venue.sink?.order(venue.tell(key, 'filled', 1_501));
    venue.sink?.order(venue.tell(key, 'filled', 1_502));
    await answered();
    venue.sink?.order(venue.tell(key, 'cancelled'));
    venue.sink?.order(venue.tell('somebody else', 'filled', 1));
    expect(rig.orders).toEqual(['buy 10 entry filled 1501']);
    expect(rig.held).toEqual(['INFY 10 @ 1501']);
  });

  it('that filled an order while we were away is believed', async () => {
    const store = storeWith('intended', 60);
    const venue = new FarVenue();
    const [ticket] = store.tickets(START).map((record) => record.ticket);
    venue.known = [venue.tell(ticket?.key ?? '', 'filled', 1_501)];
    const rig = await OrderRig.open({ store, openVenue: () => venue });
    expect(rig.held).toEqual(['INFY 10 @ 1501']);
    expect(venue.placed).toEqual([]);
  });

  it('that refuses to close is asked again with another key, not at every price', async () => {
    const { rig, venue, answered, key } = await far();
    rig.fire({ plan: GUARDED });
    await answered();
    venue.sink?.order(venue.tell(key, 'filled', 1_500));
    venue.failure = new AppError('invalid-input', 'No.');
    for (let tick = 0; tick < 3; tick += 1) {
      rig.tick(1_400);
      await answered();
    }
    expect(venue.placed).toHaveLength(2);
    venue.failure = undefined;
    rig.clock.advance(5_000);
    rig.tick(1_400);
    await answered();
    expect(new Set(venue.placed).size).toBe(3);
    expect(rig.orders[0]).toBe('sell 10 exit placed');
  });

  it('that forgot an order is not waited for', async () => {
    const { rig } = await far(storeWith('placed', 60));
    expect(messages(rig)).toEqual(['The broker no longer knows it.']);
  });
});

describe('a disk that refuses', () => {
  it('lets nothing be placed that is not on it', async () => {
    const store = memoryStore();
    const full = {
      ...store,
      addTicket: () => {
        throw new AppError('storage', 'The disk is full.');
      },
    };
    const rig = await OrderRig.open({ store: full });
    rig.fire();
    rig.tick(1_501);
    expect(rig.orders).toEqual([]);
    expect(rig.troubles.map(({ message }) => message)).toEqual(['The disk is full.']);
  });

  it('gets what became of an order once it takes it again', async () => {
    const store = memoryStore();
    let isFull = false;
    const rig = await OrderRig.open({
      store: {
        ...store,
        updateTicket(record) {
          if (isFull) throw new AppError('storage', 'The disk is full.');
          store.updateTicket(record);
        },
      },
    });
    rig.fire();
    isFull = true;
    rig.tick(1_501);
    isFull = false;
    rig.desk.exit('dip', INFY);
    await rig.reopen(store);
    expect(rig.held).toEqual(['INFY 10 @ 1501']);
  });
});
