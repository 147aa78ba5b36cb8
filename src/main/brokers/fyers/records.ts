import type { HsmEvent } from './events.ts';
import { tickerOf } from './symbols.ts';
import { systemMessageOf } from './system-messages.ts';
import type { Topic } from './topic.ts';

/** Records as `decode fyers` prints them. Times in epoch ms, but for the clients' own fields, which are in seconds. */
const broker = 'fyers';
const LEVELS = [1, 2, 3, 4, 5] as const;
const TIMES = new Set(['exch_feed_time', 'last_traded_time']);

/**
 * What an event says to a person. Undefined for one that says nothing new: as the official clients, which tell of a
 * topic only when one of its values moved.
 */
export function recordOf(event: HsmEvent, mode: 'full' | 'lite'): object | undefined {
  switch (event.type) {
    case 'login': {
      const { acknowledgeEvery, mapping } = event;
      const { type, ...rest } = systemMessageOf('login', event.ok);
      return { kind: 'control', broker, type, ...rest, acknowledgeEvery, mapping };
    }
    case 'answer': {
      const { type, ...rest } = systemMessageOf(event.to, event.ok, mode);
      return { kind: 'control', broker, type, ...rest };
    }
    case 'acknowledge':
      return { kind: 'control', broker, type: 'acknowledge', message: event.message };
    case 'unknown':
      return { kind: 'control', broker, type: 'unknown', frameType: event.frameType };
    case 'reject':
      return { kind: 'error', broker, reject: event.reject, detail: event.detail };
    case 'topic':
      if (!event.isChanged) return undefined;
      return event.topic.kind === 'dp' ? bookRecord(event.topic, event.how) : quoteRecord(event.topic, event.how);
  }
}

function quoteRecord(topic: Topic, how: string): object {
  const [ltp, previousClose] = [topic.read('ltp'), topic.read('prev_close_price')];
  const change = ltp === undefined || previousClose === undefined ? undefined : ltp - previousClose;
  const percent = change === undefined || !previousClose ? undefined : (100 * change) / previousClose;
  // A lite record moves the price alone: time, quantity and volume are those of the snapshot.
  const fresh = (name: string): number | undefined => (how === 'lite' ? undefined : topic.read(name));
  return {
    kind: 'quote',
    broker,
    symbol: symbolOf(topic),
    time: fresh('exch_feed_time') ?? fresh('last_traded_time'),
    price: ltp,
    size: fresh('last_traded_qty'),
    bid: topic.read('bid_price'),
    bidSize: topic.read('bid_size'),
    ask: topic.read('ask_price'),
    askSize: topic.read('ask_size'),
    dayVolume: fresh('vol_traded_today'),
    previousClose,
    ...valuesOf(topic),
    ch: rounded(change, topic.precision),
    chp: rounded(percent, topic.precision),
    type: topic.kind,
    how,
  };
}

function bookRecord(topic: Topic, how: string): object {
  const side = (name: 'bid' | 'ask') =>
    LEVELS.flatMap((level) => {
      const price = topic.read(`${name}_price${level}`);
      return price === undefined || price === 0
        ? []
        : [[price, topic.read(`${name}_size${level}`) ?? null, topic.read(`${name}_order${level}`) ?? null]];
    });
  const [bids, asks] = [side('bid'), side('ask')];
  return { kind: 'book', broker, symbol: symbolOf(topic), bids, asks, ...valuesOf(topic), type: topic.kind, how };
}

/** Every value by the name the official clients give it. */
function valuesOf(topic: Topic): Readonly<Record<string, number>> {
  const values: Record<string, number> = {};
  for (const name of topic.names) {
    const value = topic.read(name);
    if (value !== undefined) values[name] = TIMES.has(name) ? value / 1_000 : value;
  }
  return values;
}

function symbolOf({ kind, segment, symbol }: Topic): string {
  return tickerOf(kind, segment, symbol);
}

function rounded(value: number | undefined, decimals: number): number | undefined {
  if (value === undefined) return undefined;
  return Number(value.toFixed(Math.max(2, decimals)));
}
