import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Delivery } from '../../src/main/engine/alert-store-port.ts';
import { type DigestMinute, MOST_IN_DIGEST, nextMessage } from '../../src/main/engine/digest.ts';
import { sampleAlert } from '../support/sample-alert.ts';

const at = (seconds: number) => (seconds * 1_000) as EpochMs;
const owes = (symbol: string, attempts = 0, dueAt = 0): Delivery => ({
  alert: sampleAlert({ instrument: `NSE:${symbol}` as InstrumentKey }),
  channel: 'webhook',
  attempts,
  dueAt: at(dueAt),
});
const many = (count: number) => Array.from({ length: count }, (_, index) => owes(`S${index}`));

/** Takes message after message as a channel that succeeds, until it has to wait. */
function take(owed: readonly Delivery[], now: EpochMs, before: DigestMinute | undefined, most = 3) {
  let [left, minute] = [owed, before];
  const sent: string[] = [];
  for (;;) {
    const next = nextMessage(left, now, minute, most);
    minute = next.minute;
    if (next.kind !== 'send') return { sent, left, minute, until: next.kind === 'wait' ? next.until : undefined };
    sent.push(next.deliveries.map(({ alert }) => alert.signal.instrument.slice(4)).join(' '));
    left = left.filter((each) => !next.deliveries.includes(each));
  }
}

describe('the digest', () => {
  it('leaves alone what is no more than a minute may have', () => {
    expect(take(many(3), at(0), undefined)).toMatchObject({ sent: ['S0', 'S1', 'S2'], left: [], until: undefined });
  });

  it('holds the rest of the minute and ends with it', () => {
    const first = take(many(5), at(100), undefined);
    expect(first).toMatchObject({ sent: ['S0', 'S1', 'S2'], until: at(160) });
    const more = [...first.left, owes('LATER')];
    expect(take(more, at(159), first.minute)).toMatchObject({ sent: [], until: at(160) });
    expect(take(more, at(160), first.minute)).toMatchObject({ sent: ['S3 S4 LATER'], left: [], until: undefined });
  });

  it('counts by the minute that began with the first', () => {
    const first = take(many(2), at(0), undefined);
    expect(take([owes('A')], at(59), first.minute).sent, 'the third').toEqual(['A']);
    const full = take([owes('A'), owes('B')], at(59), first.minute);
    expect(full).toMatchObject({ sent: ['A'], until: at(60) });
    const next = take([owes('B'), owes('C'), owes('D'), owes('E')], at(60), first.minute);
    expect(next.sent, 'nothing had to wait: a new minute').toEqual(['B', 'C', 'D']);
  });

  it('counts itself as one message of the minute it begins', () => {
    const first = take(many(5), at(0), undefined);
    const second = take(first.left, at(60), first.minute);
    expect(second.sent).toEqual(['S3 S4']);
    expect(take([owes('A'), owes('B'), owes('C')], at(61), second.minute)).toMatchObject({
      sent: ['A', 'B'],
      until: at(120),
    });
  });

  it('of one alert is that alert', () => {
    const first = take(many(4), at(0), undefined);
    expect(take(first.left, at(60), first.minute).sent).toEqual(['S3']);
  });

  it('is cut where it grows too long', () => {
    const first = take(many(MOST_IN_DIGEST + 10), at(0), undefined);
    const next = nextMessage(first.left, at(60), first.minute, 3);
    expect(next.kind === 'send' && next.deliveries.length).toBe(MOST_IN_DIGEST);
  });

  it('is tried again with the alerts it had, and no others', () => {
    const owed = [owes('A', 1, 50), owes('B', 1, 50), owes('C', 1, 51), owes('D')];
    expect(take(owed, at(50), undefined)).toMatchObject({ sent: ['A B', 'D'], until: at(51) });
    expect(take(owed, at(49), { since: at(0), told: 3, isFull: false })).toMatchObject({ sent: [], until: at(50) });
  });

  it('lets what failed often stand back behind what was never tried', () => {
    const owed = [owes('BAD', 3, 1), owes('ONCE', 1, 1), owes('NEW')];
    expect(take(owed, at(5), undefined).sent).toEqual(['ONCE', 'NEW', 'BAD']);
  });

  it('says when to look again, and nothing where nothing is owed', () => {
    expect(nextMessage([], at(5), undefined, 3)).toEqual({ kind: 'none', minute: undefined });
    expect(nextMessage([owes('A', 1, 9), owes('B', 2, 7)], at(5), undefined, 3)).toMatchObject({ until: at(7) });
  });
});
