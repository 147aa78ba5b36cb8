import type { EpochMs } from '../../core/brand.ts';
import { type EntryFacts, refusalOf } from '../../core/order-checks.ts';
import { type OrderTicket, orderKey } from '../../core/paper-order.ts';
import { offsetOf } from '../../core/protective-levels.ts';
import type { PaperPlan } from '../../core/rule.ts';
import type { Found } from './found.ts';

/** What the checks know beside the finding itself. */
export type Surroundings = Pick<
  EntryFacts,
  'instrument' | 'calendar' | 'price' | 'isOn' | 'mostEntriesADay' | 'entriesToday' | 'held' | 'waiting'
>;

/** The ticket of a signal, and why it may not become an order. */
export function entryOf(
  { signal, inputs, ground }: Pick<Found, 'signal' | 'inputs' | 'ground'>,
  plan: PaperPlan,
  atr: number | undefined,
  now: EpochMs,
  around: Surroundings,
): { readonly ticket: OrderTicket; readonly refusal: string | undefined } {
  const stop = plan.stop === null ? undefined : offsetOf(plan.stop, atr);
  const target = plan.target === null ? undefined : offsetOf(plan.target, atr);
  const { instrument, rule, side, timeframe, barTime } = signal;
  const place = { rule, instrument, barTime, purpose: 'entry' } as const;
  const ticket: OrderTicket = {
    key: orderKey(place),
    ...place,
    ...{ side, timeframe, quantity: plan.quantity, limit: undefined, at: now, stop, target },
  };
  const isWhole = inputs === 'whole' && ground !== 'not-whole';
  const facts = { ...around, plan, side, timeframe, now, stop, target };
  return { ticket, refusal: refusalOf({ ...facts, inputs: isWhole ? 'whole' : 'incomplete' }) };
}
