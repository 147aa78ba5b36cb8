import type { Database, Statement } from 'better-sqlite3';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Offset, OrderRecord, OrderTicket, Purpose, TicketState } from '../../core/paper-order.ts';
import type { Side } from '../../core/signal.ts';
import type { Timeframe } from '../../core/timeframe.ts';

/** What of a row may change once it is stored. */
interface FateColumns {
  readonly state: TicketState;
  readonly broker_order_id: string | null;
  readonly filled_price: number | null;
  readonly filled_at: EpochMs | null;
  readonly message: string | null;
  readonly updated_at: EpochMs;
}

interface TicketColumns {
  readonly key: string;
  readonly rule: string;
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly side: Side;
  readonly quantity: number;
  readonly limit_price: number | null;
  readonly purpose: Purpose;
  readonly bar_time: EpochMs;
  readonly at: EpochMs;
  readonly stop_percent: number | null;
  readonly stop_points: number | null;
  readonly target_percent: number | null;
  readonly target_points: number | null;
}

type OrderRow = TicketColumns & FateColumns;

/** Orders and what became of them. Table: migrations/0013-order-tickets.ts. */
export class OrderRepository {
  readonly #insert: Statement<[OrderRow]>;
  readonly #update: Statement<[FateColumns & { readonly key: string }]>;
  readonly #since: Statement<[EpochMs], OrderRow>;
  readonly #rename: Statement<[{ readonly from: InstrumentKey; readonly to: InstrumentKey }]>;
  readonly #remove: Statement<[InstrumentKey]>;

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO order_ticket
        (key, rule, instrument, timeframe, side, quantity, limit_price, purpose, bar_time, at, stop_percent,
         stop_points, target_percent, target_points, state, broker_order_id, filled_price, filled_at, message,
         updated_at)
      VALUES
        (@key, @rule, @instrument, @timeframe, @side, @quantity, @limit_price, @purpose, @bar_time, @at,
         @stop_percent, @stop_points, @target_percent, @target_points, @state, @broker_order_id, @filled_price,
         @filled_at, @message, @updated_at)
      ON CONFLICT (key) DO NOTHING
    `);
    this.#update = db.prepare(`
      UPDATE order_ticket SET
        state = @state, broker_order_id = @broker_order_id, filled_price = @filled_price, filled_at = @filled_at,
        message = @message, updated_at = @updated_at
      WHERE key = @key
    `);
    this.#since = db.prepare(
      "SELECT * FROM order_ticket WHERE updated_at >= ? OR state IN ('intended', 'placed') ORDER BY rowid",
    );
    // The key holds the instrument (orderKey).
    this.#rename = db.prepare(`
      UPDATE OR IGNORE order_ticket
      SET instrument = @to, key = rule || ' ' || @to || ' ' || bar_time || ' ' || purpose
      WHERE instrument = @from
    `);
    this.#remove = db.prepare('DELETE FROM order_ticket WHERE instrument = ?');
  }

  /** False when its key was there before; what became of that one stands. */
  add(ticket: OrderTicket, refusal?: string): boolean {
    const fate = { state: refusal === undefined ? 'intended' : 'rejected', message: refusal ?? null } as const;
    const none = { broker_order_id: null, filled_price: null, filled_at: null };
    return this.#insert.run({ ...rowOfTicket(ticket), ...fate, ...none, updated_at: ticket.at }).changes === 1;
  }

  /** What became of a ticket that was added before. */
  update({ ticket: { key }, ...fate }: OrderRecord): void {
    this.#update.run({
      key,
      state: fate.state,
      broker_order_id: fate.brokerOrderId ?? null,
      filled_price: fate.filledPrice ?? null,
      filled_at: fate.filledAt ?? null,
      message: fate.message ?? null,
      updated_at: fate.updatedAt,
    });
  }

  /** Those that changed at `since` or later or are not at their end, in the order in which they were added. */
  since(since: EpochMs): readonly OrderRecord[] {
    return this.#since.all(since).map(recordOfRow);
  }

  /** A ticket that both symbols have stays the new one's. Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    return this.#rename.run({ from, to }).changes + this.#remove.run(from).changes;
  }
}

function rowOfTicket({ stop, target, ...ticket }: OrderTicket): TicketColumns {
  return {
    key: ticket.key,
    rule: ticket.rule,
    instrument: ticket.instrument,
    timeframe: ticket.timeframe,
    side: ticket.side,
    quantity: ticket.quantity,
    limit_price: ticket.limit ?? null,
    purpose: ticket.purpose,
    bar_time: ticket.barTime,
    at: ticket.at,
    stop_percent: percentOf(stop),
    stop_points: pointsOf(stop),
    target_percent: percentOf(target),
    target_points: pointsOf(target),
  };
}

function percentOf(offset: Offset | undefined): number | null {
  return offset?.kind === 'percent' ? offset.percent : null;
}

function pointsOf(offset: Offset | undefined): number | null {
  return offset?.kind === 'points' ? offset.points : null;
}

function offsetOf(percent: number | null, points: number | null): Offset | undefined {
  if (percent !== null) return { kind: 'percent', percent };
  return points === null ? undefined : { kind: 'points', points };
}

function recordOfRow(row: OrderRow): OrderRecord {
  return {
    ticket: {
      key: row.key,
      rule: row.rule,
      instrument: row.instrument,
      timeframe: row.timeframe,
      side: row.side,
      quantity: row.quantity,
      limit: row.limit_price ?? undefined,
      purpose: row.purpose,
      barTime: row.bar_time,
      at: row.at,
      stop: offsetOf(row.stop_percent, row.stop_points),
      target: offsetOf(row.target_percent, row.target_points),
    },
    state: row.state,
    brokerOrderId: row.broker_order_id ?? undefined,
    filledPrice: row.filled_price ?? undefined,
    filledAt: row.filled_at ?? undefined,
    message: row.message ?? undefined,
    updatedAt: row.updated_at,
  };
}
