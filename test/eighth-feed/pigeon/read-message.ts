import type { EpochMs } from '../../../src/core/brand.ts';
import { isRecord } from '../../../src/core/is-record.ts';
import type { PacketReject } from '../../../src/main/brokers/packet-reject.ts';

export interface PigeonTrade {
  readonly kind: 'trade';
  readonly symbol: string;
  readonly price: number;
  readonly quantity: number;
  readonly side: 'buy' | 'sell' | undefined;
  readonly time: EpochMs;
}

/** Where a symbol stands, without a trade. */
export interface PigeonQuote {
  readonly kind: 'quote';
  readonly symbol: string;
  readonly last: number;
  readonly bid: number | undefined;
  readonly ask: number | undefined;
  readonly time: EpochMs;
}

/** One line of a frame. */
export type PigeonMessage =
  | PigeonTrade
  | PigeonQuote
  | { readonly kind: 'welcome' }
  | { readonly kind: 'pong'; readonly sentAt: number | undefined }
  | { readonly kind: 'subscribed'; readonly count: number }
  /** Its words are not kept: they may repeat what it was sent. */
  | { readonly kind: 'refusal'; readonly code: string }
  | ({ readonly kind: 'reject' } & PacketReject);

/** Every line of a frame, each by itself: what makes no sense takes nothing else with it. Never throws. */
export function readMessages(frame: Uint8Array | string): readonly PigeonMessage[] {
  if (typeof frame !== 'string') return [reject('not-text', `${frame.length} bytes`)];
  return frame.split('\n').flatMap((line) => (line.trim() === '' ? [] : [readLine(line)]));
}

function readLine(line: string): PigeonMessage {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return reject('unreadable-text', `${line.length} characters`);
  }
  if (!isRecord(value)) return reject('unreadable-text', 'no object');
  const { t: type } = value;
  switch (type) {
    case 'trade':
      return readTrade(value);
    case 'quote':
      return readQuote(value);
    case 'welcome':
      return { kind: 'welcome' };
    case 'pong':
      return { kind: 'pong', sentAt: numberIn(value['n']) };
    case 'subscribed':
      return { kind: 'subscribed', count: Array.isArray(value['symbols']) ? value['symbols'].length : 0 };
    case 'error':
      return { kind: 'refusal', code: typeof value['code'] === 'string' ? value['code'].slice(0, 20) : '' };
    default:
      return reject('unknown-type', typeof type === 'string' ? type.slice(0, 20) : typeof type);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function readTrade(fields: Fields): PigeonMessage {
  const place = placeOf(fields);
  if ('reject' in place) return place;
  const { p, q, side } = fields;
  if (!isPrice(p)) return reject('bad-price', place.symbol);
  if (!isPrice(q)) return reject('bad-quantity', place.symbol);
  return { kind: 'trade', ...place, price: p, quantity: q, side: side === 'buy' || side === 'sell' ? side : undefined };
}

function readQuote(fields: Fields): PigeonMessage {
  const place = placeOf(fields);
  if ('reject' in place) return place;
  const { p, bid, ask } = fields;
  if (!isPrice(p)) return reject('bad-price', place.symbol);
  return { kind: 'quote', ...place, last: p, bid: isPrice(bid) ? bid : undefined, ask: isPrice(ask) ? ask : undefined };
}

function placeOf({ s, ts }: Fields): (PacketReject & { kind: 'reject' }) | { symbol: string; time: EpochMs } {
  if (typeof s !== 'string' || !/^[A-Z]{1,12}$/.test(s)) return reject('bad-symbol', typeof s);
  const time = numberIn(ts);
  if (time === undefined || !Number.isSafeInteger(time) || time <= 0) return reject('bad-time', s);
  return { symbol: s, time: time as EpochMs };
}

/** Prices of grain stay below what a double tells to the cent. */
function isPrice(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 1e12;
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function reject(reason: string, detail: string): PacketReject & { kind: 'reject' } {
  return { kind: 'reject', reject: reason, detail };
}
