import { type EpochMs, MINUTE_MS } from '../../core/brand.ts';
import type { Delivery } from './alert-store-port.ts';

/** The minute that a channel's messages are counted in. */
export interface DigestMinute {
  readonly since: EpochMs;
  readonly told: number;
  /** More came than may be told one by one: the rest waits for its end. */
  readonly isFull: boolean;
}

/** What a channel does next; `minute` is what it is to remember for the step after. */
export type NextMessage = (
  | { readonly kind: 'send'; readonly deliveries: readonly Delivery[] }
  | { readonly kind: 'wait'; readonly until: EpochMs }
  | { readonly kind: 'none' }
) & { readonly minute: DigestMinute | undefined };

/** So many failures let a message stand back behind those that were not tried as often. */
const PATIENT_ATTEMPTS = 3;

/** A message with more alerts than this is cut in two. */
export const MOST_IN_DIGEST = 100;

/**
 * The message that comes next of what a channel owes, oldest first. Of alerts never tried, `most` in a minute go one by
 * one and the rest of that minute in one message at its end. What was tried before is tried again as it was: alone, or
 * with those that have its `dueAt`, once that is no later than `dueBy`.
 */
export function nextMessage(
  owed: readonly Delivery[],
  now: EpochMs,
  minute: DigestMinute | undefined,
  most: number,
  dueBy: number = now,
): NextMessage {
  const tried = owed.filter(({ attempts }) => attempts > 0);
  const due = tried.filter(({ dueAt }) => dueAt <= dueBy);
  const sendAgain = (one: Delivery, seen: DigestMinute | undefined): NextMessage => ({
    kind: 'send',
    // Only those that went in one message have the same time.
    deliveries: tried.filter(({ attempts, dueAt }) => attempts === one.attempts && dueAt === one.dueAt),
    minute: seen,
  });
  const soon = due.find(({ attempts }) => attempts < PATIENT_ATTEMPTS);
  if (soon !== undefined) return sendAgain(soon, minute);
  const fresh = nextFresh(owed, now, minute, most);
  if (fresh.kind === 'send') return fresh;
  const [longest] = due;
  if (longest !== undefined) return sendAgain(longest, fresh.minute);
  const times = [...tried.map(({ dueAt }) => dueAt), ...(fresh.kind === 'wait' ? [fresh.until] : [])];
  if (times.length === 0) return { kind: 'none', minute: fresh.minute };
  return { kind: 'wait', until: Math.min(...times) as EpochMs, minute: fresh.minute };
}

function nextFresh(
  owed: readonly Delivery[],
  now: EpochMs,
  minute: DigestMinute | undefined,
  most: number,
): NextMessage {
  const fresh = owed.filter(({ attempts }) => attempts === 0);
  const [first] = fresh;
  if (first === undefined) return { kind: 'none', minute };
  if (minute === undefined || now >= minute.since + MINUTE_MS) {
    const deliveries = minute?.isFull === true ? fresh.slice(0, MOST_IN_DIGEST) : [first];
    return { kind: 'send', deliveries, minute: { since: now, told: 1, isFull: false } };
  }
  if (minute.told < most) return { kind: 'send', deliveries: [first], minute: { ...minute, told: minute.told + 1 } };
  return { kind: 'wait', until: (minute.since + MINUTE_MS) as EpochMs, minute: { ...minute, isFull: true } };
}
