import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import type { Session, Span } from '../../src/core/calendar.ts';
import { holds, joinSpans } from '../../src/core/spans.ts';
import { Coverage } from '../../src/main/engine/coverage.ts';
import { Hearing } from '../../src/main/engine/hearing.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const calendar = nse();
const at = (time: string, date = '2026-11-20'): EpochMs => ist(`${date} ${time}`);
const span = (open: string, close: string, date?: string): Span => ({ open: at(open, date), close: at(close, date) });

function sessionOf(date: string): Session {
  const session = calendar.session(day(date));
  if (session === undefined) throw new Error(`${date} has no session`);
  return session;
}

function coverageWith() {
  const hearing = new Hearing({ ms: 0 });
  return { hearing, coverage: new Coverage(hearing, calendar) };
}

describe('Coverage', () => {
  it('knows a bar that feed and history tell together', () => {
    const { coverage } = coverageWith();
    coverage.saw(span('10:00', '10:02:20'));
    expect(coverage.isWhole(at('10:00'), at('10:05'))).toBe(false);
    coverage.known(span('10:02', '10:05'), '1m');
    expect(coverage.isWhole(at('10:00'), at('10:05'))).toBe(true);
    expect(coverage.isWhole(at('10:00'), at('10:05:01'))).toBe(false);
  });

  it('takes what is being heard for known, as far as it goes, and no bar that began before', () => {
    const { hearing, coverage } = coverageWith();
    hearing.begin(at('10:02'));
    expect(coverage.isWhole(at('10:02'), at('10:03'))).toBe(true);
    expect(coverage.isHeard(at('10:02'))).toBe(true);
    expect(coverage.isWhole(at('10:00'), at('10:05'))).toBe(false);
    expect(coverage.isHeard(at('10:01:59'))).toBe(false);
  });

  it('needs nothing of nights, weekends and pauses', () => {
    const { coverage } = coverageWith();
    coverage.saw(span('15:00', '15:15', '2026-11-20'));
    coverage.saw(span('09:15', '09:20', '2026-11-23'));
    expect(coverage.isWhole(at('15:00'), at('09:20', '2026-11-23'))).toBe(true);
    expect(coverage.isWhole(at('15:00'), at('09:21', '2026-11-23'))).toBe(false);
    coverage.saw(span('09:15', '10:00', '2024-03-02'));
    expect(coverage.isWhole(at('09:15', '2024-03-02'), at('11:30', '2024-03-02')), 'two parts of a Saturday').toBe(
      true,
    );
    expect(coverage.isWhole(at('09:15', '2024-03-02'), at('11:31', '2024-03-02'))).toBe(false);
  });

  it('keeps what the feed told when it falls silent', () => {
    const { hearing, coverage } = coverageWith();
    hearing.begin(at('10:00'));
    hearing.heard(at('10:04:30'));
    coverage.settle();
    hearing.end();
    expect(coverage.live).toEqual([span('10:00', '10:04:30')]);
    expect(coverage.current).toBeUndefined();
    expect(coverage.missing(sessionOf('2026-11-20'), at('10:06'))).toEqual([
      span('09:15', '10:00'),
      span('10:04', '10:06'),
    ]);
  });

  it('takes bars longer than a minute for no word on minutes, and asks for each frame once', () => {
    const { coverage } = coverageWith();
    coverage.known(span('09:15', '15:15'), '1h');
    expect([coverage.told, coverage.settled('1h'), coverage.settled('1m')]).toEqual([[], [span('09:15', '15:15')], []]);
    coverage.known(span('09:15', '10:00'), '1m', false);
    expect([coverage.told, coverage.settled('1m')], 'known, and asked again').toEqual([[span('09:15', '10:00')], []]);
  });

  it('forgets all that did not reach the disk', () => {
    const { coverage } = coverageWith();
    coverage.saw(span('09:15', '10:30'));
    coverage.known(span('10:20', '11:00'), '1m');
    coverage.lose(at('10:25'));
    expect(coverage.live).toEqual([span('09:15', '10:25')]);
    expect([coverage.told, coverage.settled('1m')]).toEqual([[span('10:20', '10:25')], [span('10:20', '10:25')]]);
  });

  it('says up to where all is known, for those who ask on from there', () => {
    const { coverage } = coverageWith();
    coverage.known(span('09:15', '09:40'), '1m');
    coverage.saw(span('09:40', '09:45'));
    expect(coverage.knownThrough(at('09:15'))).toBe(at('09:45'));
    expect(coverage.knownThrough(at('09:45'))).toBe(at('09:45'));
    expect(coverage.knownThrough(at('09:10'))).toBe(at('09:10'));
  });
});

describe('Coverage of an instrument that always speaks', () => {
  it('is told of up to its last word, and a moment is no silence', () => {
    const { hearing, coverage } = coverageWith();
    hearing.begin(at('10:00'));
    coverage.spoke(at('10:00:59'));
    hearing.heard(at('10:01:01'));
    expect(coverage.current, 'what may be written down').toEqual(span('10:00', '10:00:59'));
    expect(coverage.live).toEqual([span('10:00', '10:01:01')]);
    hearing.heard(at('10:02'));
    expect(coverage.live).toEqual([span('10:00', '10:01:29')]);
  });

  it('has a hole where it said nothing, until history tells of it', () => {
    const { hearing, coverage } = coverageWith();
    hearing.begin(at('09:15'));
    coverage.spoke(at('10:00:00'));
    hearing.heard(at('10:10'));
    coverage.silent(span('10:00:00', '10:05:30'));
    coverage.spoke(at('10:10'));
    expect(coverage.live).toEqual([span('09:15', '10:00'), span('10:05:30', '10:10')]);
    expect([coverage.isHeard(at('10:05')), coverage.isHeard(at('10:06'))]).toEqual([false, true]);
    expect(coverage.missing(sessionOf('2026-11-20'), at('10:10'))).toEqual([span('10:00', '10:06')]);
    expect(coverage.isBroken(span('10:05', '10:06'))).toBe(true);
    coverage.known(span('10:00', '10:06'), '1m');
    expect(coverage.missing(sessionOf('2026-11-20'), at('10:10'))).toEqual([]);
    expect(coverage.isBroken(span('10:05', '10:06'))).toBe(false);
  });
});

/** Seconds after 09:14. */
const second = (seconds: number): EpochMs => (at('09:14') + seconds * SECOND_MS) as EpochMs;
const stretch = fc
  .tuple(fc.nat(900), fc.nat(200))
  .map(([from, length]) => ({ open: second(from), close: second(from + length) }));

describe('Coverage, whatever was told', () => {
  it('knows a minute whole exactly when it is not missing', () => {
    const session = sessionOf('2026-11-20');
    fc.assert(
      fc.property(
        fc.array(stretch),
        fc.array(stretch),
        fc.option(fc.nat(900)),
        fc.nat(1_000),
        (live, told, begun, end) => {
          const { hearing, coverage } = coverageWith();
          for (const each of live) coverage.saw(each);
          for (const each of told) coverage.known(each, '1m');
          if (begun !== null) hearing.begin(second(begun));
          const missing = coverage.missing(session, second(end));
          for (
            let open: EpochMs = session.open;
            open + MINUTE_MS <= second(end);
            open = (open + MINUTE_MS) as EpochMs
          ) {
            const minute = { open, close: (open + MINUTE_MS) as EpochMs };
            expect(coverage.isWhole(minute.open, minute.close)).toBe(!holds(missing, minute));
          }
          for (const hole of missing) coverage.known(hole, '1m');
          expect(coverage.missing(session, second(end)), 'history told the holes').toEqual([]);
        },
      ),
    );
  });

  it('never claims a moment that nobody told', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { minLength: 1 }), (runs) => {
        const { hearing, coverage } = coverageWith();
        const heard: Span[] = [];
        let now = 0;
        for (const [quiet, words] of runs) {
          now += quiet;
          hearing.begin(second(now));
          const open = second(now);
          for (let word = 0; word < words; word += 7) hearing.heard(second(now + word));
          if (words > 0) heard.push({ open, close: second(now + Math.floor((words - 1) / 7) * 7) });
          now += words;
          coverage.settle();
          hearing.end();
        }
        expect(coverage.live).toEqual(joinSpans(heard));
      }),
    );
  });
});
