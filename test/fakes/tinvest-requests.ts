/** What the fake T-Invest makes of a frame: as strict as the real one is with its proto contract. */

export type FakeKind = 'candles' | 'trades' | 'orderbook' | 'info' | 'lastPrice';

export interface AskedItem {
  readonly instrumentId: string;
  readonly interval?: string;
  readonly depth?: number;
}

export type FakeRequest =
  | {
      readonly type: 'subscription';
      readonly kind: FakeKind;
      readonly isSubscribe: boolean;
      readonly items: readonly AskedItem[];
      readonly waitingClose: boolean;
    }
  | { readonly type: 'my-subscriptions' }
  | { readonly type: 'ping'; readonly time: string | undefined }
  | { readonly type: 'ping-settings'; readonly pingDelayMs: number };

/** The frame is not in the contract: the real server hangs up with code 4003. */
export class InvalidFrame extends Error {}

const KINDS: Readonly<Record<string, FakeKind>> = {
  subscribeCandlesRequest: 'candles',
  subscribeTradesRequest: 'trades',
  subscribeOrderBookRequest: 'orderbook',
  subscribeInfoRequest: 'info',
  subscribeLastPriceRequest: 'lastPrice',
};
const MEMBERS: Readonly<Record<FakeKind, readonly string[]>> = {
  candles: ['subscriptionAction', 'instruments', 'waitingClose', 'candleSourceType'],
  trades: ['subscriptionAction', 'instruments', 'tradeSource', 'withOpenInterest'],
  orderbook: ['subscriptionAction', 'instruments'],
  info: ['subscriptionAction', 'instruments'],
  lastPrice: ['subscriptionAction', 'instruments'],
};
const ITEM_MEMBERS: Readonly<Record<FakeKind, readonly string[]>> = {
  candles: ['instrumentId', 'interval', 'figi'],
  trades: ['instrumentId', 'figi'],
  orderbook: ['instrumentId', 'depth', 'orderBookType', 'figi'],
  info: ['instrumentId', 'figi'],
  lastPrice: ['instrumentId', 'figi'],
};
const INTERVALS = [
  ...['ONE_MINUTE', '2_MIN', '3_MIN', 'FIVE_MINUTES', '10_MIN', 'FIFTEEN_MINUTES', '30_MIN', 'ONE_HOUR', '2_HOUR'],
  ...['4_HOUR', 'ONE_DAY', 'WEEK', 'MONTH'],
].map((name) => `SUBSCRIPTION_INTERVAL_${name}`);

/** Throws `InvalidFrame`. */
export function readRequest(text: string): FakeRequest {
  const frame = objectOf(parse(text), 'frame');
  const [name, ...others] = Object.keys(frame);
  if (name === undefined || others.length > 0) throw new InvalidFrame('one kind a frame');
  const fields = objectOf(frame[name], name);
  if (name === 'getMySubscriptions') {
    only(fields, []);
    return { type: 'my-subscriptions' };
  }
  if (name === 'ping') {
    only(fields, ['time']);
    const { time } = fields;
    if (time !== undefined && (typeof time !== 'string' || Number.isNaN(Date.parse(time))))
      throw new InvalidFrame('ping.time');
    return { type: 'ping', time };
  }
  if (name === 'pingSettings') {
    only(fields, ['pingDelayMs']);
    const { pingDelayMs } = fields;
    if (typeof pingDelayMs !== 'number' || pingDelayMs < 5_000 || pingDelayMs > 180_000)
      throw new InvalidFrame('pingDelayMs');
    return { type: 'ping-settings', pingDelayMs };
  }
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (kind === undefined) throw new InvalidFrame(`unknown ${name}`);
  only(fields, MEMBERS[kind]);
  const { subscriptionAction: action, instruments, waitingClose = false } = fields;
  if (action !== 'SUBSCRIPTION_ACTION_SUBSCRIBE' && action !== 'SUBSCRIPTION_ACTION_UNSUBSCRIBE')
    throw new InvalidFrame('subscriptionAction');
  if (!Array.isArray(instruments) || instruments.length === 0) throw new InvalidFrame('instruments');
  if (typeof waitingClose !== 'boolean') throw new InvalidFrame('waitingClose');
  const items = instruments.map((item) => readItem(item, kind));
  return { type: 'subscription', kind, isSubscribe: action.endsWith('_SUBSCRIBE'), items, waitingClose };
}

function readItem(value: unknown, kind: FakeKind): AskedItem {
  const fields = objectOf(value, 'instruments');
  only(fields, ITEM_MEMBERS[kind]);
  const { instrumentId, interval, depth } = fields;
  if (typeof instrumentId !== 'string' || instrumentId === '') throw new InvalidFrame('instrumentId');
  if (kind === 'candles') {
    if (typeof interval !== 'string' || !INTERVALS.includes(interval)) throw new InvalidFrame('interval');
    return { instrumentId, interval };
  }
  if (kind === 'orderbook') {
    if (typeof depth !== 'number' || ![1, 10, 20, 30, 40, 50].includes(depth)) throw new InvalidFrame('depth');
    return { instrumentId, depth };
  }
  return { instrumentId };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidFrame('not JSON');
  }
}

function objectOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InvalidFrame(name);
  return { ...value };
}

function only(fields: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  for (const name of Object.keys(fields)) if (!names.includes(name)) throw new InvalidFrame(`unknown member ${name}`);
}
