import type { EpochMs, InstrumentKey } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import { symbolOf } from '../../../core/instrument.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { Tick } from '../../../core/tick.ts';
import type { Clock, TradeSource } from '../../engine/ports.ts';
import type { TinvestApi } from './api.ts';
import { unexpectedData } from './errors.ts';
import type { TinvestInstrument } from './instrument-row.ts';
import { listMember } from './member.ts';
import type { VenueTrade } from './messages.ts';
import { readTrade } from './read-events.ts';
import { toTimestamp } from './timestamp.ts';
import { TRADES_KEPT_MS } from './wire.ts';

/** The rows of one call, oldest first, without the broker's own deals. Throws AppError. */
export async function lastTrades(
  api: TinvestApi,
  uid: string,
  from: EpochMs,
  to: EpochMs,
  stop: AbortSignal,
): Promise<readonly VenueTrade[]> {
  const body = { instrumentId: uid, from: toTimestamp(from), to: toTimestamp(to) };
  const answer = await api.call('MarketDataService', 'GetLastTrades', body, stop);
  const rows = listMember(answer, 'trades');
  if (rows === undefined) throw unexpectedData('trades');
  const trades = rows.flatMap((row): readonly VenueTrade[] => {
    const trade = isRecord(row) ? readTrade(row) : undefined;
    return trade === undefined || 'reject' in trade ? [] : [trade];
  });
  return trades.filter(({ time, isDealer }) => !isDealer && time >= from && time < to).sort((a, b) => a.time - b.time);
}

export interface TinvestTradesParts {
  readonly api: TinvestApi;
  readonly instruments: readonly TinvestInstrument[];
  readonly clock: Clock;
}

/**
 * Trades of the last hour from `GetLastTrades`: the venue guarantees no more, and nothing is made up for the time before.
 * Throws AppError, `not-found` for an unknown instrument.
 */
export function createTinvestTrades({ api, instruments, clock }: TinvestTradesParts): TradeSource {
  const uids = new Map(instruments.map(({ instrument, uid }) => [instrument.key, uid]));
  return {
    async trades({ instrument, from, to }, stop) {
      const uid = uids.get(instrument);
      if (uid === undefined)
        throw new AppError('not-found', `T-Invest does not have ${symbolOf(instrument)}. Choose another instrument.`);
      const now = clock.now();
      const wholeFrom = Math.max(from, now - TRADES_KEPT_MS) as EpochMs;
      const end = Math.min(to, now) as EpochMs;
      const rows = wholeFrom < end ? await lastTrades(api, uid, wholeFrom, end, stop) : [];
      const receivedAt = clock.now();
      const trades = rows.map((trade) => tradeTick(instrument, trade, receivedAt));
      return { trades, from, to, wholeFrom, isComplete: wholeFrom <= from && to <= now };
    },
  };
}

/** A trade as a tick. Its quantity is in lots. */
export function tradeTick(
  instrument: InstrumentKey,
  { price, quantity, side, time }: VenueTrade,
  receivedAt: EpochMs,
): Tick {
  return { instrument, ltp: price, quantity, side, time, receivedAt };
}
