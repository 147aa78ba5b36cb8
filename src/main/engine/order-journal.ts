import type { JournalEntry } from '../../contract/orders.ts';
import { type ExactMoney, moneyOf } from '../../core/exact-money.ts';
import type { OrderRecord } from '../../core/paper-order.ts';
import { signalId } from '../../core/signal.ts';

/** Of one trade the order that opened it, and the one that closed it if it is closed. */
interface Trade {
  readonly entry: OrderRecord;
  exit: OrderRecord | undefined;
}

/** Trades from entry to exit, the newest first, at most `limit`. `records` in the order in which they were stored. */
export function journalOf(
  records: readonly OrderRecord[],
  gainOf: (record: OrderRecord) => ExactMoney | undefined,
  limit: number,
): readonly JournalEntry[] {
  const trades: Trade[] = [];
  const open = new Map<string, Trade>();
  for (const record of records) {
    if (record.state !== 'filled') continue;
    const lane = `${record.ticket.rule} ${record.ticket.instrument}`;
    if (record.ticket.purpose === 'entry') {
      const trade: Trade = { entry: record, exit: undefined };
      trades.push(trade);
      open.set(lane, trade);
      continue;
    }
    const trade = open.get(lane);
    if (trade !== undefined) trade.exit = record;
    open.delete(lane);
  }
  return trades
    .slice(-limit)
    .reverse()
    .flatMap((trade) => entryOf(trade, gainOf));
}

function entryOf(
  { entry, exit }: Trade,
  gainOf: (record: OrderRecord) => ExactMoney | undefined,
): readonly JournalEntry[] {
  const { ticket, filledAt, filledPrice } = entry;
  if (filledAt === undefined || filledPrice === undefined) return [];
  const gain = exit && gainOf(exit);
  return [
    {
      rule: ticket.rule,
      instrument: ticket.instrument,
      side: ticket.side,
      quantity: ticket.quantity,
      entryAt: filledAt,
      entryPrice: filledPrice,
      exitAt: exit?.filledAt ?? null,
      exitPrice: exit?.filledPrice ?? null,
      exitReason: exit === undefined || exit.ticket.purpose === 'entry' ? null : exit.ticket.purpose,
      profit: gain === undefined ? null : moneyOf(gain),
      alert: signalId({ ...ticket, price: filledPrice, values: {} }),
    },
  ];
}
