import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import type { OrderRecord } from '../../src/core/paper-order.ts';
import { addFill, type Holding, NOTHING_HELD } from '../../src/core/positions.ts';
import type { OrderStore } from '../../src/main/engine/alert-store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { INFY, OrderRig, PLAN, START } from './order-rig.ts';

const EVER = 0 as EpochMs;
const GUARDED = { ...PLAN, stop: { kind: 'percent', percent: 1 }, target: { kind: 'percent', percent: 1 } } as const;

/** A process that is killed at its `step`-th write: before it is on disk, or right after. Then nothing of it is written. */
class Mortal implements OrderStore {
  readonly #store: OrderStore;
  #stepsLeft: number;
  readonly #isWritten: boolean;
  isDead = false;

  constructor(store: OrderStore, step: number, isWritten: boolean) {
    this.#store = store;
    this.#stepsLeft = step;
    this.#isWritten = isWritten;
  }

  addTicket(...[ticket, refusal]: Parameters<OrderStore['addTicket']>): boolean {
    return this.#write(() => this.#store.addTicket(ticket, refusal));
  }

  updateTicket(record: OrderRecord): void {
    this.#write(() => this.#store.updateTicket(record));
  }

  tickets(since: EpochMs): readonly OrderRecord[] {
    return this.#store.tickets(since);
  }

  #write<Result>(work: () => Result): Result {
    this.#stepsLeft -= 1;
    if (this.isDead) throw new Error('dead');
    if (this.#stepsLeft >= 0) return work();
    this.isDead = true;
    if (this.#isWritten) work();
    throw new Error('killed');
  }
}

type Step =
  | { readonly kind: 'fire'; readonly bar: number; readonly side: 'buy' | 'sell'; readonly rule: string }
  | { readonly kind: 'tick'; readonly price: number }
  | { readonly kind: 'exit'; readonly rule: string }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'kill'; readonly step: number; readonly isWritten: boolean };

const rule = fc.constantFrom('dip', 'turn');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('tick'), price: fc.integer({ min: 1_470, max: 1_530 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ kind: fc.constant('fire'), bar: fc.integer({ min: 0, max: 5 }), side: fc.constantFrom('buy', 'sell'), rule },
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('exit'), rule }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('restart') }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('kill'), step: fc.integer({ min: 0, max: 3 }), isWritten: fc.boolean() }),
  },
);

/** What is on disk, held against what must always hold. */
function check(records: readonly OrderRecord[], signals: number): void {
  const entries = records.filter(({ ticket }) => ticket.purpose === 'entry');
  expect(entries.length, 'no more than signals').toBeLessThanOrEqual(signals);
  expect(new Set(entries.map(({ ticket: { rule: name, barTime } }) => `${name} ${barTime}`)).size).toBe(entries.length);
  for (const name of ['dip', 'turn']) {
    let holding: Holding = NOTHING_HELD;
    for (const { ticket, state, filledPrice, filledAt } of records) {
      if (ticket.rule !== name || state !== 'filled' || filledPrice === undefined || filledAt === undefined) continue;
      const before = holding.quantity;
      holding = addFill(holding, { side: ticket.side, quantity: ticket.quantity, price: filledPrice, at: filledAt });
      if (ticket.purpose === 'entry') expect(before, 'an entry opens').toBe(0n);
      else {
        expect(before, 'an exit closes something').not.toBe(0n);
        expect(holding.quantity, 'and all of it').toBe(0n);
      }
      expect(filledAt, 'filled after it was asked').toBeGreaterThan(ticket.at);
    }
  }
}

async function run(steps: readonly Step[]): Promise<readonly OrderRecord[]> {
  const disk = openStore(':memory:');
  let store = new Mortal(disk, Number.POSITIVE_INFINITY, true);
  const rig = await OrderRig.open({ store });
  const fired = new Set<string>();
  const reopen = async (next: Mortal): Promise<void> => {
    store = next;
    await rig.reopen(store);
  };
  for (const each of steps) {
    if (each.kind === 'tick') rig.tick(each.price);
    else if (each.kind === 'fire') {
      fired.add(`${each.rule} ${each.bar}`);
      rig.fire({ ...each, barTime: (START - (each.bar + 1) * 300_000) as EpochMs, plan: GUARDED });
    } else if (each.kind === 'exit') await quietly(async () => rig.desk.exit(each.rule, INFY));
    else if (each.kind === 'cancel') await quietly(() => rig.desk.cancel(rig.desk.state().orders[0]?.ticket.key ?? ''));
    else if (each.kind === 'restart') await reopen(new Mortal(disk, Number.POSITIVE_INFINITY, true));
    else await reopen(new Mortal(disk, each.step, each.isWritten));
    if (store.isDead) await reopen(new Mortal(disk, Number.POSITIVE_INFINITY, true));
    check(disk.tickets(EVER), fired.size);
  }
  // Whatever happened, what is held can be closed.
  await reopen(new Mortal(disk, Number.POSITIVE_INFINITY, true));
  rig.tick(1_500);
  rig.tick(1_500);
  for (const name of ['dip', 'turn']) await quietly(async () => rig.desk.exit(name, INFY));
  rig.tick(1_500);
  expect(rig.held).toEqual([]);
  expect(rig.desk.held.size).toBe(0);
  const records = disk.tickets(EVER);
  check(records, fired.size);
  disk.close();
  return records;
}

async function quietly(work: () => Promise<void>): Promise<void> {
  await work().catch(() => undefined);
}

describe('signals told twice, a program that is killed at any write, and prices between', () => {
  it('place at most one entry a signal, and every exit closes exactly what is held', async () => {
    let filled = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        filled += (await run(steps)).filter(({ state }) => state === 'filled').length;
      }),
      { numRuns: 150 },
    );
    expect(filled, 'the runs do trade').toBeGreaterThan(100);
  });
});
