import { z } from 'zod';
import { isRecord } from '../../../core/is-record.ts';
import type { BookLevel, BookSides } from '../../../core/order-book.ts';
import type { FyersApi } from './api.ts';
import { unexpectedData } from './errors.ts';

const levelSchema = z.object({ price: z.number(), volume: z.number().nonnegative(), ord: z.number().nonnegative() });
/** `bids`, but `ask`. Fyers sends more. */
const depthSchema = z.object({ bids: z.array(levelSchema), ask: z.array(levelSchema) });

/**
 * The best five orders of both sides from `GET /data/depth`, one symbol a request. Undefined where no order waits.
 * Throws AppError.
 */
export async function fetchDepth(
  api: Pick<FyersApi, 'get'>,
  ticker: string,
  stop: AbortSignal,
): Promise<BookSides | undefined> {
  const { body } = await api.get(`/data/depth?${new URLSearchParams({ symbol: ticker, ohlcv_flag: '1' })}`, stop);
  const { d } = body;
  const checked = depthSchema.safeParse(isRecord(d) ? d[ticker] : undefined);
  if (!checked.success) throw unexpectedData('an order book');
  const bids = checked.data.bids.flatMap(levelOf);
  const asks = checked.data.ask.flatMap(levelOf);
  return bids.length + asks.length === 0 ? undefined : { bids, asks };
}

/** A level with no price is an empty place, not an order. */
function levelOf({ price, volume, ord }: z.infer<typeof levelSchema>): readonly BookLevel[] {
  return price > 0 ? [{ price, quantity: volume, orders: ord }] : [];
}
