import type { EpochMs, InstrumentKey } from './brand.ts';
import type { Side } from './signal.ts';
import type { Timeframe } from './timeframe.ts';

/** What a ticket is for: it opens what a signal asked, or closes a position at its stop, its target, or by hand. */
export const PURPOSES = ['entry', 'stop', 'target', 'exit'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** How far from the price at which it was bought or sold a position is closed. */
export type Offset =
  | { readonly kind: 'percent'; readonly percent: number }
  /** In the instrument's currency. */
  | { readonly kind: 'points'; readonly points: number };

/** What we ask of a broker. Money is in the instrument's currency; `limit` undefined is a market order. */
export interface OrderTicket {
  /** Made of rule, instrument, bar and purpose (`orderKey`): the same signal can never place twice. */
  readonly key: string;
  readonly rule: string;
  readonly instrument: InstrumentKey;
  readonly side: Side;
  readonly quantity: number;
  readonly limit: number | undefined;
  readonly purpose: Purpose;
  /** The rule's. */
  readonly timeframe: Timeframe;
  /** The signal's bar; of a stop or target, that of its entry; of an exit by hand, when it was asked. */
  readonly barTime: EpochMs;
  readonly at: EpochMs;
  /** Where the position it opens is closed again; undefined where the rule says nothing, and of all but entries. */
  readonly stop: Offset | undefined;
  readonly target: Offset | undefined;
}

/** Where a ticket stands. `intended` is stored before the broker hears of it. */
export const TICKET_STATES = ['intended', 'placed', 'filled', 'cancelled', 'rejected', 'expired'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** A ticket with all that is known of it. */
export interface OrderRecord {
  readonly ticket: OrderTicket;
  readonly state: TicketState;
  /** The broker's id. */
  readonly brokerOrderId: string | undefined;
  readonly filledPrice: number | undefined;
  readonly filledAt: EpochMs | undefined;
  /** Why it was rejected, cancelled or expired, as a sentence. */
  readonly message: string | undefined;
  readonly updatedAt: EpochMs;
}

/** What is held of an instrument through one rule. Quantity is negative for a short. */
export interface Position {
  readonly instrument: InstrumentKey;
  readonly rule: string;
  readonly quantity: number;
  readonly averagePrice: number;
  /** Levels at which it is closed; undefined where the rule has none. */
  readonly stop: number | undefined;
  readonly target: number | undefined;
  readonly openedAt: EpochMs;
  /** At the newest price; undefined before one came. */
  readonly ltp: number | undefined;
  readonly unrealised: number | undefined;
}

/** The identity of a ticket as text. */
export function orderKey({
  rule,
  instrument,
  barTime,
  purpose,
}: Pick<OrderTicket, 'rule' | 'instrument' | 'barTime' | 'purpose'>): string {
  return `${rule} ${instrument} ${barTime} ${purpose}`;
}
