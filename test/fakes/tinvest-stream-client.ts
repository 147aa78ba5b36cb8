import type { WebSocket } from 'ws';
import {
  bookPayload,
  candlePayload,
  type FakeBook,
  type FakeCandle,
  type FakeInstrument,
  type FakeTrade,
  lastPricePayload,
  stamp,
  statusPayload,
  tradePayload,
} from './tinvest-frames.ts';
import { type AskedItem, type FakeKind, type FakeRequest, InvalidFrame, readRequest } from './tinvest-requests.ts';
import type { StreamFaults } from './tinvest-stream.ts';

export interface StreamRules {
  /** Counted subscriptions of a stream. */
  readonly mostSubscriptions: number;
  readonly framesAMinute: number;
  /** By what pings come faster than asked for. */
  readonly pingScale: number;
}

export interface ClientParts {
  readonly webSocket: WebSocket;
  readonly faults: StreamFaults;
  readonly rules: StreamRules;
  now(): number;
  find(instrumentId: string): FakeInstrument | undefined;
  picture(uid: string): { readonly price: number; readonly time: number };
}

interface Held {
  readonly kind: FakeKind;
  readonly instrument: FakeInstrument;
  readonly item: AskedItem;
  readonly waitingClose: boolean;
}

const LISTS: Readonly<Record<FakeKind, readonly [response: string, list: string]>> = {
  candles: ['subscribeCandlesResponse', 'candlesSubscriptions'],
  trades: ['subscribeTradesResponse', 'tradeSubscriptions'],
  orderbook: ['subscribeOrderBookResponse', 'orderBookSubscriptions'],
  info: ['subscribeInfoResponse', 'infoSubscriptions'],
  lastPrice: ['subscribeLastPriceResponse', 'lastPriceSubscriptions'],
};

/** One open stream and what it is subscribed to. */
export class FakeStreamClient {
  readonly #parts: ClientParts;
  readonly #held = new Map<string, Held>();
  readonly #frames: number[] = [];
  #pings: NodeJS.Timeout;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.#pings = this.#pingEvery(120_000);
  }

  /** `trades UID`, `orderbook UID 10`, `candles UID SUBSCRIPTION_INTERVAL_…`. */
  get subscriptions(): readonly string[] {
    return [...this.#held.keys()];
  }

  close(): void {
    clearInterval(this.#pings);
  }

  hangUp(code: number, reason = ''): void {
    this.#parts.webSocket.close(code, reason);
  }

  send(text: string): void {
    if (!this.#parts.faults.silent) this.#parts.webSocket.send(text, () => undefined);
  }

  obey(text: string): void {
    try {
      this.#answer(readRequest(text));
    } catch (thrown) {
      if (!(thrown instanceof InvalidFrame)) throw thrown;
      this.hangUp(4_003, thrown.message);
    }
  }

  trade(trade: FakeTrade): void {
    this.#tell('trades', trade.uid, ({ instrument }) => ({ trade: tradePayload(trade, instrument) }));
  }

  lastPrice(uid: string, price: number, time: number): void {
    this.#tell('lastPrice', uid, ({ instrument }) => ({ lastPrice: lastPricePayload(price, time, instrument) }));
  }

  book(book: FakeBook): void {
    this.#tell('orderbook', book.uid, ({ instrument, item }) => ({
      orderbook: bookPayload(book, item.depth ?? 1, instrument),
    }));
  }

  candle(candle: FakeCandle): void {
    this.#tell('candles', candle.uid, ({ instrument, item, waitingClose }) => {
      const isMeant = item.interval === `SUBSCRIPTION_INTERVAL_${candle.interval}`;
      return isMeant && (!waitingClose || candle.closed === true)
        ? { candle: candlePayload(candle, instrument) }
        : undefined;
    });
  }

  status(uid: string, word: string, time: number): void {
    this.#tell('info', uid, ({ instrument }) => ({ tradingStatus: statusPayload(word, time, instrument) }));
  }

  #tell(kind: FakeKind, uid: string, payload: (held: Held) => object | undefined): void {
    for (const [id, held] of this.#held) {
      if (held.kind !== kind || held.instrument.uid !== uid || this.#parts.faults.forgotten.has(id)) continue;
      const frame = payload(held);
      if (frame !== undefined) this.send(JSON.stringify(frame));
    }
  }

  #answer(request: FakeRequest): void {
    const now = stamp(this.#parts.now());
    if (request.type === 'ping')
      this.send(JSON.stringify({ ping: { time: now, streamId: '', pingRequestTime: request.time ?? now } }));
    else if (request.type === 'my-subscriptions') this.#callRoll();
    else if (request.type === 'subscription') this.#subscribe(request);
    else {
      clearInterval(this.#pings);
      this.#pings = this.#pingEvery(request.pingDelayMs);
    }
  }

  #subscribe({ kind, items, isSubscribe, waitingClose }: FakeRequest & { readonly type: 'subscription' }): void {
    const { faults, rules, now, find, picture } = this.#parts;
    this.#frames.push(now());
    const isTooMany = this.#frames.filter((time) => time > now() - 60_000).length > rules.framesAMinute;
    const answers = items.map((item) => {
      const instrument = find(item.instrumentId);
      const id = idOf(kind, instrument?.uid ?? item.instrumentId, item);
      const told = faults.statuses.get(id);
      const word = isTooMany
        ? 'TOO_MANY_REQUESTS'
        : (told ??
          (instrument === undefined
            ? 'INSTRUMENT_NOT_FOUND'
            : isSubscribe
              ? this.#isFull(kind)
                ? 'LIMIT_IS_EXCEEDED'
                : 'SUCCESS'
              : this.#held.has(id)
                ? 'SUCCESS'
                : 'SUBSCRIPTION_NOT_FOUND'));
      if (word === 'SUCCESS' && instrument !== undefined) {
        if (isSubscribe) this.#held.set(id, { kind, instrument, item, waitingClose });
        else this.#held.delete(id);
      }
      return { id, row: rowOf(kind, item, instrument, word, waitingClose) };
    });
    this.#acknowledge(
      kind,
      answers.map(({ row }) => row),
    );
    if (!isSubscribe) return;
    // The state so far follows the acknowledgement, as with the real one.
    for (const { id } of answers) {
      const held = this.#held.get(id);
      if (held === undefined || kind !== 'lastPrice') continue;
      const { price, time } = picture(held.instrument.uid);
      this.lastPrice(held.instrument.uid, price, time);
    }
  }

  #isFull(kind: FakeKind): boolean {
    if (kind === 'info' || kind === 'lastPrice') return false;
    const counted = [...this.#held.values()].filter((held) => held.kind !== 'info' && held.kind !== 'lastPrice');
    return counted.length >= this.#parts.rules.mostSubscriptions;
  }

  #callRoll(): void {
    if (this.#parts.faults.noRollCall) return;
    for (const [kind, held] of Map.groupBy(this.#held, ([, { kind }]) => kind)) {
      const kept = held.filter(([id]) => !this.#parts.faults.forgotten.has(id));
      const rows = kept.map(([, each]) => rowOf(kind, each.item, each.instrument, 'SUCCESS', each.waitingClose));
      this.#acknowledge(kind, rows);
    }
  }

  #acknowledge(kind: FakeKind, rows: readonly object[]): void {
    const [response, list] = LISTS[kind];
    this.send(JSON.stringify({ [response]: { trackingId: 'd39351591fce577df57b2e9bea6dde1b', [list]: rows } }));
  }

  #pingEvery(delayMs: number): NodeJS.Timeout {
    const { now, rules } = this.#parts;
    return setInterval(
      () => this.send(JSON.stringify({ ping: { time: stamp(now()), streamId: '' } })),
      delayMs / rules.pingScale,
    );
  }
}

function idOf(kind: FakeKind, uid: string, { interval, depth }: AskedItem): string {
  return [kind, uid, interval ?? depth].filter((part) => part !== undefined).join(' ');
}

function rowOf(
  kind: FakeKind,
  { interval, depth, instrumentId }: AskedItem,
  instrument: FakeInstrument | undefined,
  word: string,
  waitingClose: boolean,
): object {
  return {
    figi: instrument?.figi ?? '',
    subscriptionStatus: `SUBSCRIPTION_STATUS_${word}`,
    instrumentUid: instrument?.uid ?? instrumentId,
    streamId: '8d9a6312-8965-4734-a571-e9f1b599427d',
    subscriptionId: '72d91c60-a094-482b-89af-a604ae87d234',
    ...(kind === 'candles' && { interval, waitingClose }),
    ...(kind === 'orderbook' && { depth, orderBookType: 'ORDERBOOK_TYPE_EXCHANGE' }),
  };
}
