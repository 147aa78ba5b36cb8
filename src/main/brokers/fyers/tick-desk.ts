import type { EpochMs, InstrumentKey } from '../../../core/brand.ts';
import type { BookSides } from '../../../core/order-book.ts';
import type { Tick } from '../../../core/tick.ts';
import type { FeedSink } from '../../engine/ports.ts';
import type { PacketReject } from '../packet-reject.ts';
import type { HsmEvent } from './events.ts';
import { readBook, readTick } from './read-tick.ts';
import { createTradeFilter } from './trade-filter.ts';

/** Turns what topics tell into ticks, and hands them on a frame at a time. */
export interface TickDesk {
  /** A new connection: its topics begin anew, order books too. */
  connected(): void;
  /** Order books of other topics are forgotten: what they hold grows old. */
  want(topics: ReadonlySet<string>): void;
  /** True when the topic made sense. */
  take(event: Extract<HsmEvent, { readonly type: 'topic' }>, receivedAt: EpochMs): boolean;
  /** Tells what has been gathered since the last time. */
  flush(sink: FeedSink): void;
}

export interface TickDeskParts {
  /** Every topic of prices or of an order book that we know, with its instrument. */
  readonly keys: ReadonlyMap<string, InstrumentKey>;
  readonly mode: 'full' | 'lite';
}

/**
 * Trades go to `ticks`, each with the newest order book where books are subscribed. In lite mode, in which trades have
 * neither time nor volume, all goes to `quotes`.
 */
export function createTickDesk({ keys, mode }: TickDeskParts): TickDesk {
  const isNewTrade = createTradeFilter();
  const books = new Map<InstrumentKey, { readonly topic: string; readonly sides: BookSides | undefined }>();
  let trades: Tick[] = [];
  let pictures: Tick[] = [];
  let rejects: PacketReject[] = [];
  return {
    connected: () => books.clear(),
    want(topics) {
      for (const [instrument, { topic }] of books) if (!topics.has(topic)) books.delete(instrument);
    },
    take({ topic, how, isChanged }, receivedAt) {
      const instrument = keys.get(topic.name);
      if (instrument === undefined) return false;
      if (topic.kind === 'dp') {
        books.set(instrument, { topic: topic.name, sides: readBook(topic) });
        return true;
      }
      if (!isChanged) return true;
      const tick = readTick(topic, how, instrument, receivedAt, books.get(instrument)?.sides);
      if ('reject' in tick) {
        rejects.push(tick);
        return false;
      }
      if (how === 'lite' || mode === 'lite') pictures.push(tick);
      else if (isNewTrade(topic)) trades.push(tick);
      return true;
    },
    flush(sink) {
      for (const { reject, detail } of rejects) sink.rejected(reject, detail);
      if (pictures.length > 0) sink.quotes(pictures);
      if (trades.length > 0) sink.ticks(trades);
      [trades, pictures, rejects] = [[], [], []];
    },
  };
}
