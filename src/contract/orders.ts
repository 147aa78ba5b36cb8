import type { EpochMs } from '../core/brand.ts';
import type { OrderRecord, Position } from '../core/paper-order.ts';

/** The Orders panel. */
export interface OrdersState {
  /** Whether rules may place paper orders at all. */
  readonly enabled: boolean;
  readonly positions: readonly Position[];
  /** Newest first. */
  readonly orders: readonly OrderRecord[];
  /** Of closed trades since the session began, and of what is held now, in the instruments' currency. */
  readonly realisedToday: number;
  readonly unrealised: number;
  readonly ordersToday: number;
  readonly mostOrdersToday: number;
}

/** A line of the journal: one trade from entry to exit. */
export interface JournalEntry {
  readonly rule: string;
  readonly instrument: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly entryAt: EpochMs;
  readonly entryPrice: number;
  readonly exitAt: EpochMs | null;
  readonly exitPrice: number | null;
  readonly exitReason: 'stop' | 'target' | 'exit' | null;
  readonly profit: number | null;
  /** The alert that it came from. */
  readonly alert: string;
}
