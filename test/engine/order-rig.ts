import { onTestFinished } from 'vitest';
import type { OrdersState } from '../../src/contract/orders.ts';
import { DAY_MS, type EpochMs, type InstrumentKey, SECOND_MS } from '../../src/core/brand.ts';
import type { AppError } from '../../src/core/errors.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { type PaperPlan, type Rule, USUAL_CHANNELS } from '../../src/core/rule.ts';
import type { Side } from '../../src/core/signal.ts';
import type { OrderStore } from '../../src/main/engine/alert-store-port.ts';
import type { Found } from '../../src/main/engine/found.ts';
import { OrderDesk, type OrderDeskParts } from '../../src/main/engine/order-desk.ts';
import type { OrderPlace } from '../../src/main/engine/order-watch.ts';
import { Publisher } from '../../src/main/engine/publisher.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { sampleAlert } from '../support/sample-alert.ts';

export const INFY = 'NSE:INFY' as InstrumentKey;
export const TCS = 'NSE:TCS' as InstrumentKey;

/** The bar of 10:15 has closed. */
export const START = ist('2026-11-20 10:20');

const instrument = (key: InstrumentKey): Instrument => ({
  ...{ key, name: key, segment: 'nse-cas', sector: undefined, tickSize: 0.05, priceDecimals: 2, lotSize: 1 },
});

export const PLAN: PaperPlan = { enabled: true, quantity: 10, stop: null, target: null };

const RULE: Rule = {
  ...{ id: 'dip', name: 'Dip', note: '', enabled: true, timeframe: '5m', buy: 'close > 1', sell: 'close < 1' },
  ...{ universe: { kind: 'all' }, arithmetic: 'trading-view', forming: false, rearm: { kind: 'bars', bars: 1 } },
  ...{ cooldownMinutes: 0, onlyNew: false, activeHours: null, expiresOn: null, channels: USUAL_CHANNELS, paper: PLAN },
};

/** What a test says of a signal; the rest is a buy of INFY by the rule `dip` on the bar that has just closed. */
export interface Fired extends Partial<Pick<Found, 'isLate' | 'inputs' | 'ground'>> {
  readonly side?: Side;
  readonly instrument?: InstrumentKey;
  readonly rule?: string;
  readonly barTime?: EpochMs;
  readonly plan?: PaperPlan | null;
}

/** A desk over a store, with a clock that stands still and two instruments at 1,500. */
export class OrderRig {
  readonly clock: FakeClock;
  readonly publisher: Publisher;
  readonly states: OrdersState[] = [];
  readonly troubles: AppError[] = [];
  readonly #places = new Map<InstrumentKey, OrderPlace>();
  settings = { paper: true, mostEntriesADay: 100 };
  atr: number | undefined = 8;
  desk: OrderDesk;
  readonly #parts: OrderDeskParts;

  constructor(parts: Partial<OrderDeskParts>, start: EpochMs) {
    this.clock = new FakeClock(start);
    this.publisher = new Publisher(this.clock);
    this.publisher.subscribe(({ events }) => {
      for (const event of events) if (event.type === 'paper-orders') this.states.push(event.orders);
    });
    for (const key of [INFY, TCS]) this.#look(key, 1_500, start);
    this.#parts = {
      ...{ store: parts.store ?? memoryStore(), clock: this.clock, wall: this.clock, publisher: this.publisher },
      settings: () => this.settings,
      placeOf: (key) => this.#places.get(key),
      atrOf: () => this.atr,
      onTrouble: (error) => this.troubles.push(error),
      ...parts,
    };
    this.desk = new OrderDesk(this.#parts);
  }

  static async open(parts: Partial<OrderDeskParts> = {}, start = START): Promise<OrderRig> {
    const rig = new OrderRig(parts, start);
    await rig.desk.start();
    return rig;
  }

  /** As after a restart: a new desk over what is on disk. */
  async reopen(store: OrderStore = this.#parts.store): Promise<void> {
    this.desk.stop();
    this.desk = new OrderDesk({ ...this.#parts, store });
    await this.desk.start();
  }

  fire(fired: Fired = {}): void {
    const { side = 'buy', instrument: key = INFY, rule = 'dip', plan = PLAN, ...other } = fired;
    const now = this.clock.now();
    const alert = sampleAlert({ instrument: key, side, rule, barTime: fired.barTime ?? minutesBefore(now, 5) });
    const { signal } = alert;
    const bar = { instrument: key, timeframe: signal.timeframe, openTime: signal.barTime };
    const found = {
      signal,
      finding: { ...signal, rule: { ...RULE, id: rule, paper: plan }, operands: [], text: '' },
      bar: { ...bar, ...{ open: 1_500, high: 1_500, low: 1_500, close: 1_500, volume: 1 } },
      ...{ before: undefined, isLate: false, inputs: 'whole', ground: 'live', firstBar: signal.barTime, barCount: 1 },
      ...{ longer: [], barClosed: now, judgedAt: now },
      ...other,
    };
    // The desk looks at nothing of the track.
    this.desk.consider(found as unknown as Found, alert);
  }

  /** A price of INFY, stamped a second after the clock, which moves on to it. */
  tick(
    ltp: number,
    { instrument: key = INFY, bid, ask }: { instrument?: InstrumentKey; bid?: number; ask?: number } = {},
  ): void {
    this.clock.advance(SECOND_MS);
    const time = this.clock.now();
    this.#look(key, ltp, time);
    this.desk.price(key, ltp, time, bid, ask);
  }

  /** Orders as `buy 10 entry filled 1501`, newest first. */
  get orders(): readonly string[] {
    return this.desk
      .state()
      .orders.map(({ ticket: { side, quantity, purpose }, state, filledPrice }) =>
        [side, quantity, purpose, state, filledPrice].filter((part) => part !== undefined).join(' '),
      );
  }

  /** Positions as `INFY 10 @ 1501`. */
  get held(): readonly string[] {
    return this.desk
      .state()
      .positions.map((each) => `${each.instrument.slice(4)} ${each.quantity} @ ${each.averagePrice}`);
  }

  #look(key: InstrumentKey, ltp: number, time: EpochMs): void {
    const board = { ltp, receivedAt: time };
    this.#places.set(key, { instrument: instrument(key), calendar: nse(), board });
  }
}

export function minutesBefore(time: EpochMs, minutes: number): EpochMs {
  return (time - minutes * 60 * SECOND_MS) as EpochMs;
}

/** The same time on the next day. */
export function dayAfter(time: EpochMs): EpochMs {
  return (time + DAY_MS) as EpochMs;
}

/** A store that is gone after the test. */
export function memoryStore(): OrderStore {
  const store = openStore(':memory:');
  onTestFinished(() => store.close());
  return store;
}
