import { type AuctionKind, auctionSpan } from '../../../core/auction.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS, type TradingDate } from '../../../core/brand.ts';
import type { Session, Span } from '../../../core/calendar.ts';
import { Random, streamKey, unitOf } from './random.ts';

/**
 * Which minutes of an auction are played; the rest of it is leapt over. In shares of the whole: of a quarter of an
 * hour before the open the minute from 09:10, when orders are matched, of the twenty minutes after the close those
 * from 15:28, when the book shuts at a moment nobody knows.
 */
const PLAYED = { 'pre-open': { from: 2 / 3, minutes: 1 }, closing: { from: 13 / 20, minutes: 2 } } as const;

/** Deviation of the auction's price from the trade next to it. At most three of them: well within the band of 3 %. */
const DEVIATION = { 'pre-open': 0.0005, closing: 0.0013 } as const;
/** What it trades, as a share of the day's continuous volume. */
const SHARE = { 'pre-open': [0.004, 0.016], closing: [0.02, 0.06] } as const;

/** Nothing is matched in the first seconds, and all is told before the last. */
const LEAD_SECONDS = 5;
const TAIL_SECONDS = 25;
/** Companies are told one after the other. */
const SPREAD_SECONDS = 10;
/** By then every company's trade is told, and the index is computed from them. */
const INDEX_SECONDS = 15;

/** What chance decides of one instrument's auction. */
export interface AuctionDraw {
  /** Its price as a share above or below the trade next to it. */
  readonly move: number;
  /** Its quantity as a share of the day's continuous volume. */
  readonly share: number;
  /** When its first trade is told. */
  readonly time: EpochMs;
}

/** The whole minutes in which an auction is played; undefined on a day without. Calendars keep whole minutes. */
export function playedSpan(session: Session, kind: AuctionKind): Span | undefined {
  const span = auctionSpan(session, kind);
  if (span === undefined) return undefined;
  const { from, minutes } = PLAYED[kind];
  const begin = span.open + Math.floor(((span.close - span.open) * from) / MINUTE_MS) * MINUTE_MS;
  return { open: begin as EpochMs, close: Math.min(begin + minutes * MINUTE_MS, span.close) as EpochMs };
}

/** What chance decides; it follows from seed, name, date and kind alone. Undefined on a day without the auction. */
export function drawAuction(seed: number, name: string, session: Session, kind: AuctionKind): AuctionDraw | undefined {
  const matched = matchTime(seed, session, kind);
  if (matched === undefined) return undefined;
  const random = new Random(streamKey(seed, 'auction', kind, name, session.date));
  const move = DEVIATION[kind] * random.bell();
  const [least, most] = SHARE[kind];
  const share = least + (most - least) * random.unit();
  const delay = Math.floor(SPREAD_SECONDS * random.unit());
  return { move, share, time: (matched + delay * SECOND_MS) as EpochMs };
}

/** When the value of an index is computed from the auction's prices. */
export function indexTime(seed: number, session: Session, kind: AuctionKind): EpochMs | undefined {
  const matched = matchTime(seed, session, kind);
  return matched === undefined ? undefined : ((matched + INDEX_SECONDS * SECOND_MS) as EpochMs);
}

/** The moment at which orders are matched: the same for all that day. */
function matchTime(seed: number, session: Session, kind: AuctionKind): EpochMs | undefined {
  const played = playedSpan(session, kind);
  if (played === undefined) return undefined;
  const seconds = (played.close - played.open) / SECOND_MS;
  const drawn = unitOf(momentKey(seed, session.date, kind)) * (seconds - LEAD_SECONDS - TAIL_SECONDS);
  return (played.open + (LEAD_SECONDS + Math.floor(drawn)) * SECOND_MS) as EpochMs;
}

function momentKey(seed: number, date: TradingDate, kind: AuctionKind): number {
  return streamKey(seed, 'match', kind, date);
}
