import { DAY_MS, type EpochMs, type InstrumentKey, SECOND_MS } from '../../../core/brand.ts';
import type { Tick } from '../../../core/tick.ts';
import type { PacketReject } from '../packet-reject.ts';
import { INDEX_OFFSET, OFFSET, PACKET_LENGTH, priceDivisor } from './wire.ts';

/** Beyond this a time stamp is garbage, not a clock that runs fast: it would send every bar into the future. */
const FURTHEST_AHEAD_MS = DAY_MS;

/**
 * Reads the packet of `length` bytes at `offset`. Offsets and units: `./wire.ts`. The hot path: fields a `Tick`
 * has no room for are left to `decodePacket`.
 *
 * A packet that makes no sense comes back as a reject, to be counted and shown, so one bad instrument cannot
 * silence the rest. A wrong price is worse than a missing one. Before its first trade an instrument has a
 * price of 0: `no-trade`.
 */
export function parsePacket(
  view: DataView,
  offset: number,
  length: number,
  instruments: ReadonlyMap<number, InstrumentKey>,
  receivedAt: EpochMs,
): Tick | PacketReject {
  if (!isKnownLength(length)) return { reject: 'unknown-length', detail: `${length} bytes` };
  const token = view.getUint32(offset + OFFSET.token);
  const instrument = instruments.get(token);
  if (instrument === undefined) return { reject: 'unknown-instrument', detail: `token ${token}` };
  const divisor = priceDivisor(token);
  const ltp = view.getInt32(offset + OFFSET.ltp) / divisor;
  if (ltp === 0) return { reject: 'no-trade', detail: `${instrument} has not traded yet` };
  if (ltp < 0) return { reject: 'bad-price', detail: `${instrument} at ${ltp}` };

  /** A price of the day; 0 is Kite's "none". */
  const price = (at: number): number | undefined => {
    const value = view.getInt32(offset + at);
    return value > 0 ? value / divisor : undefined;
  };
  let time = receivedAt;
  const timeAt =
    length === PACKET_LENGTH.full
      ? OFFSET.exchangeTime
      : length === PACKET_LENGTH.indexFull
        ? INDEX_OFFSET.exchangeTime
        : undefined;
  if (timeAt !== undefined) {
    const seconds = view.getUint32(offset + timeAt);
    if (seconds !== 0) time = (seconds * SECOND_MS) as EpochMs;
    if (time > receivedAt + FURTHEST_AHEAD_MS) return { reject: 'bad-time', detail: `${instrument} at ${seconds} s` };
  }

  // One shape for all kinds keeps everything that reads ticks fast.
  if (length === PACKET_LENGTH.full || length === PACKET_LENGTH.quote) {
    return {
      instrument,
      ltp,
      dayVolume: view.getUint32(offset + OFFSET.dayVolume),
      previousClose: price(OFFSET.close),
      dayOpen: price(OFFSET.open),
      dayHigh: price(OFFSET.high),
      dayLow: price(OFFSET.low),
      time,
      receivedAt,
    };
  }
  const isIndex = length !== PACKET_LENGTH.ltp;
  return {
    instrument,
    ltp,
    dayVolume: undefined,
    previousClose: isIndex ? price(INDEX_OFFSET.close) : undefined,
    dayOpen: isIndex ? price(INDEX_OFFSET.open) : undefined,
    dayHigh: isIndex ? price(INDEX_OFFSET.high) : undefined,
    dayLow: isIndex ? price(INDEX_OFFSET.low) : undefined,
    time,
    receivedAt,
  };
}

function isKnownLength(length: number): boolean {
  switch (length) {
    case PACKET_LENGTH.full:
    case PACKET_LENGTH.indexFull:
    case PACKET_LENGTH.quote:
    case PACKET_LENGTH.indexQuote:
    case PACKET_LENGTH.ltp:
      return true;
    default:
      return false;
  }
}
