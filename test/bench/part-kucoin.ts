import { strict as assert } from 'node:assert';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Tick } from '../../src/core/tick.ts';
import { Market } from '../../src/main/brokers/kucoin/market.ts';
import { readFrame } from '../../src/main/brokers/kucoin/read-frame.ts';
import { topicOf } from '../../src/main/brokers/kucoin/topics.ts';
import type { Clock } from '../../src/main/engine/ports.ts';
import { quotePush, tradePush } from '../fakes/kucoin-messages.ts';
import { type KucoinEvent, startOfficial } from './official-kucoin.ts';
import type { Entry, Job, Part } from './part.ts';
import { quietSink } from './quiet-sink.ts';

type Kind = 'trade' | 'ticker';
type Told = (tick: Tick) => void;

/** Reads messages, and forgets those before: a trade that comes twice counts once. */
interface Reader {
  hear(message: string): void;
  forget(): void;
}
type Start = (kind: Kind, count: number, told: Told) => Reader | Promise<Reader>;

const START = Date.parse('2026-11-20T12:00:00Z');
const RECEIVED_AT = (START + 5_000) as EpochMs;
const CLOCK: Clock = { now: () => RECEIVED_AT, after: () => () => undefined };
const MESSAGES = 2_000;

/** What the feed does with a message of the stream. */
export const ticks: Start = (_kind, count, told) => {
  const symbols = symbolsOf(count);
  const keys = new Map(symbols.map((symbol) => [symbol, keyOf(symbol)]));
  const sink = quietSink((found) => {
    for (const tick of found) told(tick);
  });
  const topics = new Set(symbols.flatMap((symbol) => [topicOf('trades', symbol), topicOf('ticker', symbol)]));
  const start = (): Market => {
    const market = new Market({ clock: CLOCK, sink, keys, serverNow: () => RECEIVED_AT });
    market.watch(new Set(keys.values()), topics);
    return market;
  };
  let market = start();
  return {
    hear(message) {
      const frame = readFrame(message);
      if (!('reject' in frame) && frame.type === 'message') market.take(frame, sink.rejected);
    },
    forget() {
      market = start();
    },
  };
};

/** The least that can be done: the text parsed, nothing checked, nothing remembered. */
const plain: Start = (kind, _count, told) => ({
  hear(message) {
    const { topic, data } = JSON.parse(message) as { readonly topic: string; readonly data: KucoinEvent };
    told(tickOf(kind, topic, data));
  },
  forget: () => undefined,
});

const official: Start = async (kind, count, told) => ({
  hear: await startOfficial(kind, symbolsOf(count), (topic, event) => told(tickOf(kind, topic, event))),
  forget: () => undefined,
});

/** An event as it is in the message, made into a tick. */
function tickOf(kind: Kind, topic: string, event: KucoinEvent): Tick {
  const instrument = keyOf(topic.slice(topic.indexOf(':') + 1));
  const common = { instrument, ltp: Number(event.price), receivedAt: RECEIVED_AT };
  if (kind === 'ticker')
    return { ...common, bid: Number(event.bestBid), ask: Number(event.bestAsk), time: Number(event.time) as EpochMs };
  const time = Number(String(event.time).slice(0, 13)) as EpochMs;
  return { ...common, quantity: Number(event.size), side: event.side === 'buy' ? 'buy' : 'sell', time };
}

const keys = new Map<string, InstrumentKey>();

function keyOf(symbol: string): InstrumentKey {
  const known = keys.get(symbol);
  if (known !== undefined) return known;
  const key = `KUCOIN:${symbol}` as InstrumentKey;
  keys.set(symbol, key);
  return key;
}

function symbolsOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, place) => `COIN${place}-USDT`);
}

/** One after another, of each symbol in turn. */
export function messagesOf(kind: Kind, count: number): readonly string[] {
  const symbols = symbolsOf(count);
  return Array.from({ length: MESSAGES }, (_, place) => {
    const symbol = symbols[place % count] ?? '';
    const price = `${67_000 + (place % 977) / 10}`;
    const time = START + place;
    if (kind === 'ticker') {
      const best = { bestBid: `${66_999 + (place % 10) / 10}`, bestAsk: `${67_100 + (place % 7) / 10}` };
      return quotePush({ symbol, price, ...best, time, sequence: `${14_691_455_768 + place}` }).text;
    }
    const side = place % 3 === 0 ? 'sell' : 'buy';
    const size = `0.${1_000 + place}`;
    return tradePush({ symbol, price, size, side, time, tradeId: `${7_067_996_711_960_577 + 2 * place}` }).text;
  });
}

async function checkAgreement(): Promise<void> {
  for (const kind of ['trade', 'ticker'] as const) {
    const all = await Promise.all(
      [ticks, plain, official].map(async (start) => {
        const found: Tick[] = [];
        const reader = await start(kind, 50, (tick) => found.push(tick));
        for (const message of messagesOf(kind, 50)) reader.hear(message);
        return found;
      }),
    );
    const [ours = [], ...others] = all;
    assert.equal(ours.length, MESSAGES);
    for (const theirs of others) assert.deepEqual(theirs, ours);
  }
}

function reading(name: string, kind: Kind, count: number, start: Start): Entry {
  const prepare: Entry['prepare'] = async () => {
    const messages = messagesOf(kind, count);
    let last: Tick | undefined;
    const reader = await start(kind, count, (tick) => {
      last = tick;
    });
    return {
      operations: messages.length,
      reset: () => reader.forget(),
      run() {
        for (const message of messages) reader.hear(message);
        return last;
      },
    };
  };
  return { name, prepare };
}

function job(title: string, kind: Kind, count: number, reference: string): Job {
  return {
    title,
    unit: 'messages',
    entries: [
      reading('tickscope, ticks for the engine', kind, count, ticks),
      reading('JSON.parse and a tick, nothing checked', kind, count, plain),
      reading('kucoin-universal-sdk 1.3.0', kind, count, official),
    ],
    reference,
  };
}

export const kucoin: Part = {
  name: 'kucoin',
  check: checkAgreement,
  jobs: [
    job(
      'trades of 50 symbols',
      'trade',
      50,
      '3.5x as fast as kucoin-universal-sdk without its worker thread, 0.6x the bound',
    ),
    job('trades of one symbol', 'trade', 1, '3.5x as fast as kucoin-universal-sdk, 0.6x the bound'),
    job('tickers of 50 symbols', 'ticker', 50, '3.5x as fast as kucoin-universal-sdk, 0.6x the bound'),
  ],
};
