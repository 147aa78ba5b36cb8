import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS } from '../../src/core/brand.ts';
import type { Session, Span } from '../../src/core/calendar.ts';
import { countDay, missingMinutes } from '../../src/core/day-coverage.ts';
import { joinSpans, type Spans, totalMs } from '../../src/core/spans.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY } from '../support/tape.ts';

const session = sessionOf('2026-11-20');
const twoParts = sessionOf('2024-03-02');
const span = (open: string, close: string, date = '2026-11-20'): Span => ({
  open: ist(`${date} ${open}`),
  close: ist(`${date} ${close}`),
});
const count = (live: Spans, told: Spans, now: string) =>
  countDay({ instrument: INFY.key, session, live, told }, ist(`2026-11-20 ${now}`));

function sessionOf(date: string): Session {
  const found = nse().session(day(date));
  if (found === undefined) throw new Error(`${date} has no session`);
  return found;
}

describe('countDay', () => {
  it('counts 360 minutes of continuous trading, and none of the auctions', () => {
    expect(count([span('09:00', '15:35')], [], '16:00')).toEqual({
      instrument: INFY.key,
      date: '2026-11-20',
      expected: 360,
      received: 360,
      repaired: 0,
      missing: 0,
      holes: [],
    });
  });

  it('needs history for a minute that the feed told in part', () => {
    const live = [span('09:15', '10:00:59.999'), span('10:01:00.001', '15:15')];
    expect(count(live, [], '16:00')).toMatchObject({
      received: 358,
      missing: 2,
      holes: [span('10:00', '10:02')],
    });
    expect(count(live, [span('10:00', '10:01')], '16:00')).toMatchObject({
      received: 358,
      repaired: 1,
      holes: [span('10:01', '10:02')],
    });
  });

  it('counts a minute that feed and history tell together as repaired', () => {
    expect(count([span('09:15', '09:20:30')], [span('09:20:30', '09:25')], '09:25')).toMatchObject({
      expected: 10,
      received: 5,
      repaired: 5,
      missing: 0,
    });
  });

  it('expects only minutes that are over', () => {
    expect(count([], [], '09:15:59.999').expected).toBe(0);
    expect(count([], [], '09:16')).toMatchObject({ expected: 1, missing: 1, holes: [span('09:15', '09:16')] });
    expect(count([], [], '09:00').expected).toBe(0);
  });

  it('tells holes on both sides of a pause apart', () => {
    const inputs = { instrument: INFY.key, session: twoParts, live: [], told: [] };
    expect(countDay(inputs, ist('2024-03-02 13:00'))).toMatchObject({
      expected: 105,
      missing: 105,
      holes: [span('09:15', '10:00', '2024-03-02'), span('11:30', '12:30', '2024-03-02')],
    });
  });

  it('takes the short end of a part for a minute', () => {
    const short: Session = { ...session, parts: [span('09:15', '09:16:30')], close: span('09:15', '09:16:30').close };
    const inputs = { instrument: INFY.key, session: short, live: [span('09:15', '09:16:30')], told: [] };
    expect(countDay(inputs, ist('2026-11-20 10:00'))).toMatchObject({ expected: 2, received: 2 });
  });
});

/** Seconds from 09:14 to 09:26 as stretches in any order. */
const second = (at: number): EpochMs => (ist('2026-11-20 09:14') + at * 1_000) as EpochMs;
const anySpans = fc
  .array(fc.tuple(fc.nat(720), fc.nat(720)), { maxLength: 6 })
  .map((pairs) => joinSpans(pairs.map(([open, close]) => ({ open: second(open), close: second(close) }))));

describe('countDay, whatever was told', () => {
  it('accounts for every minute once, and its holes are what is missing', () => {
    fc.assert(
      fc.property(anySpans, anySpans, fc.nat(900), (live, told, at) => {
        const now = second(at);
        const counted = countDay({ instrument: INFY.key, session, live, told }, now);
        const { expected, received, repaired, missing, holes } = counted;
        expect(received + repaired + missing).toBe(expected);
        expect(expected).toBe(Math.max(0, Math.floor((now - session.open) / MINUTE_MS)));
        expect(totalMs(holes)).toBe(missing * MINUTE_MS);
        expect(missingMinutes(session, joinSpans([...live, ...told]), now)).toEqual(holes);
      }),
    );
  });

  it('has nothing missing once history told the holes', () => {
    fc.assert(
      fc.property(anySpans, anySpans, fc.nat(900), (live, told, at) => {
        const now = second(at);
        const { holes, received } = countDay({ instrument: INFY.key, session, live, told }, now);
        const healed = joinSpans([...told, ...holes]);
        expect(countDay({ instrument: INFY.key, session, live, told: healed }, now)).toMatchObject({
          received,
          missing: 0,
        });
      }),
    );
  });
});
