import type { InstrumentKey } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { ExactMoney } from '../../core/exact-money.ts';
import type { OrderRecord, OrderTicket } from '../../core/paper-order.ts';
import { addFill, type Holding, NOTHING_HELD } from '../../core/positions.ts';
import type { OrderStore } from './alert-store-port.ts';

/** All orders of one rule in one instrument, and what they have come to. */
export interface OrderLane {
  readonly rule: string;
  readonly instrument: InstrumentKey;
  holding: Holding;
  /** The filled entry of what is held: it says where the stop and the target are. */
  opened: OrderRecord | undefined;
  /** Those that are not at their end: there is never more than one of each. */
  entry: OrderRecord | undefined;
  exit: OrderRecord | undefined;
  /** An entry before the newest one, that is to be taken back. */
  leaving: OrderRecord | undefined;
}

/** Every order with what became of it, on disk before it is in memory. */
export class TicketBook {
  readonly #store: OrderStore;
  readonly #onTrouble: (error: AppError) => void;
  readonly #records = new Map<string, OrderRecord>();
  /** In the order in which they were stored. */
  readonly #keys: string[] = [];
  readonly #lanes = new Map<string, OrderLane>();
  readonly #gains = new Map<string, ExactMoney>();
  /** What the disk did not take yet, by key. */
  readonly #unsaved = new Map<string, OrderRecord>();

  /** Throws AppError when the store cannot be read. */
  constructor(store: OrderStore, onTrouble: (error: AppError) => void) {
    this.#store = store;
    this.#onTrouble = onTrouble;
    for (const record of store.tickets(0 as OrderTicket['at'])) this.#take(record);
  }

  get lanes(): Iterable<OrderLane> {
    return this.#lanes.values();
  }

  /** In the order in which they were stored. */
  get records(): readonly OrderRecord[] {
    return [...this.#records.values()];
  }

  *newestFirst(): Iterable<OrderRecord> {
    for (let index = this.#keys.length - 1; index >= 0; index -= 1) {
      const record = this.#records.get(this.#keys[index] ?? '');
      if (record !== undefined) yield record;
    }
  }

  record(key: string): OrderRecord | undefined {
    return this.#records.get(key);
  }

  lane(rule: string, instrument: InstrumentKey): OrderLane {
    const name = `${rule} ${instrument}`;
    let lane = this.#lanes.get(name);
    if (lane === undefined) {
      const nothing = { opened: undefined, entry: undefined, exit: undefined, leaving: undefined };
      lane = { rule, instrument, holding: NOTHING_HELD, ...nothing };
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  laneOf({ ticket: { rule, instrument } }: OrderRecord): OrderLane {
    return this.lane(rule, instrument);
  }

  /** What the fill of an order earned by closing what was held; undefined of one that closed nothing. */
  gainOf({ ticket: { key } }: OrderRecord): ExactMoney | undefined {
    return this.#gains.get(key);
  }

  /**
   * A ticket, as intended or as refused. Undefined when its key was there before, or the disk does not take it: no
   * order is placed that is not on disk.
   */
  add(ticket: OrderTicket, refusal?: string): OrderRecord | undefined {
    this.#retry();
    try {
      if (this.#records.has(ticket.key) || !this.#store.addTicket(ticket, refusal)) return undefined;
    } catch (thrown) {
      this.#onTrouble(AppError.from(thrown));
      return undefined;
    }
    const none = { brokerOrderId: undefined, filledPrice: undefined, filledAt: undefined };
    const state = refusal === undefined ? 'intended' : 'rejected';
    const record: OrderRecord = { ticket, state, ...none, message: refusal, updatedAt: ticket.at };
    this.#take(record);
    return record;
  }

  /** What became of a ticket. A disk that refuses it is asked again with the next one. */
  update(record: OrderRecord): void {
    this.#unsaved.set(record.ticket.key, record);
    this.#take(record);
    this.#retry();
  }

  #retry(): void {
    for (const [key, record] of this.#unsaved) {
      try {
        this.#store.updateTicket(record);
        this.#unsaved.delete(key);
      } catch (thrown) {
        this.#onTrouble(AppError.from(thrown));
        return;
      }
    }
  }

  #take(record: OrderRecord): void {
    const { ticket } = record;
    const before = this.#records.get(ticket.key);
    if (before === undefined) this.#keys.push(ticket.key);
    this.#records.set(ticket.key, record);
    const lane = this.laneOf(record);
    place(lane, record);
    if (record.state === 'filled' && before?.state !== 'filled') this.#fill(lane, record);
  }

  #fill(lane: OrderLane, record: OrderRecord): void {
    const { ticket, filledPrice: price, filledAt: at } = record;
    if (price === undefined || at === undefined) return;
    const { quantity: held, realised } = lane.holding;
    lane.holding = addFill(lane.holding, { side: ticket.side, quantity: ticket.quantity, price, at });
    if (held !== 0n && held > 0n !== (ticket.side === 'buy'))
      this.#gains.set(ticket.key, lane.holding.realised - realised);
    if (lane.holding.quantity === 0n) lane.opened = undefined;
    else if (ticket.purpose === 'entry') lane.opened = record;
  }
}

/** Keeps an order among those of its lane that are not at their end, or takes it from there. */
function place(lane: OrderLane, record: OrderRecord): void {
  const { key, purpose } = record.ticket;
  const now = isOpen(record) ? record : undefined;
  if (purpose !== 'entry') lane.exit = now ?? (lane.exit?.ticket.key === key ? undefined : lane.exit);
  else if (lane.leaving?.ticket.key === key) lane.leaving = now;
  else if (lane.entry?.ticket.key === key) lane.entry = now;
  else if (now !== undefined) {
    lane.leaving = lane.entry;
    lane.entry = now;
  }
}

/** Whether something may still become of it. */
export function isOpen({ state }: OrderRecord): boolean {
  return state === 'intended' || state === 'placed';
}
