import { describe, expect, it } from 'vitest';
import type { EpochMs, TradingDate } from '../../../src/core/brand.ts';
import { DayClock } from '../../../src/core/scanner/day-clock.ts';
import {
  ARMED,
  armingAfter,
  armingAtStart,
  FIRED,
  isTold,
  type Quieting,
  quietingOf,
} from '../../../src/core/scanner/trigger.ts';
import { FALSE, TRUE, type TruthCode, UNKNOWN } from '../../../src/core/scanner/truth.ts';
import { ist } from '../../support/ist.ts';
import { nse } from '../../support/nse.ts';
import { sampleRule } from './sample-rule.ts';

const CODES: Readonly<Record<string, TruthCode>> = { t: TRUE, f: FALSE, '?': UNKNOWN };
const code = (letter: string | undefined): TruthCode => CODES[letter ?? ''] ?? UNKNOWN;

/** `!` where a side fires, `a` where it is armed after the bar, `.` where it waits. */
function run(before: string, truths: string, bars: number, again?: string): string {
  let arming = armingAtStart(code(before));
  return [...truths]
    .map((letter, at) => {
      arming = armingAfter(arming, code(letter), bars, again === undefined ? undefined : code(again[at]));
      return arming === FIRED ? '!' : arming === ARMED ? 'a' : '.';
    })
    .join('');
}

describe('a side', () => {
  it.each([
    ['f', 't', '!'],
    ['t', 't', '.'],
    ['?', 't', '.'],
  ])('that was %s on the bar before the first: %s gives %s', (before, truths, expected) => {
    expect(run(before, truths, 1)).toBe(expected);
  });

  it.each([
    ['fires once while it stays true', 'ttt', '!..'],
    ['fires again after one bar on which it was false', 'tft', '!a!'],
    ['is not armed by a bar of which nobody knows', 't?t', '!..'],
    ['stays armed over such a bar', 'f?t', 'aa!'],
  ])('%s', (_what, truths, expected) => {
    expect(run('f', truths, 1)).toBe(expected);
  });

  it.each([
    ['three bars in a row', 'tffft', '!..a!'],
    ['two are not enough', 'tfftffft', '!.....a!'],
    ['an unknown one breaks the row', 'tff?fff', '!.....a'],
    ['a true one breaks it too', 'tfftfff', '!.....a'],
  ])('of three bars is armed by %s', (_what, truths, expected) => {
    expect(run('f', truths, 3)).toBe(expected);
  });

  it.each([
    ['waits until the other condition is true', 'tftft', 'fffff', '!....'],
    ['is armed on the bar on which it is', 'tff', 'fft', '!.a'],
    ['and fires on that bar when it is true itself', 'ttt', 'fft', '!.!'],
    ['is not armed by it on the bar it fires on', 'ttf', 'tff', '!..'],
    ['nor by an unknown one', 'tft', 'f?f', '!..'],
  ])('armed by a condition %s', (_what, truths, again, expected) => {
    expect(run('f', truths, 1, again)).toBe(expected);
  });
});

const clock = new DayClock(nse('nse-cash'), '5m');
const DATE = '2026-11-18' as TradingDate;
const moment = (time: string, date = DATE) => ({
  date,
  closeTime: ist(`${date} ${time}`),
  minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3)),
});
const quieting = (fields: Partial<Quieting>): Quieting => ({ ...quietingOf(sampleRule({})), ...fields });
const told = (time: string, date: string = DATE) => ({ date, closeTime: ist(`${date} ${time}`) as EpochMs });

describe('a rule that fired is told', () => {
  it('when nothing keeps it quiet', () => {
    expect(isTold(quieting({}), moment('10:00'), told('09:55'), clock)).toBe(true);
  });

  it.each([
    ['2026-11-18', true],
    ['2026-11-19', true],
    ['2026-11-17', false],
  ])('until its last day: %s, on 2026-11-18', (expiresOn, expected) => {
    const rule = quieting({ expiresOn: expiresOn as TradingDate });
    expect(isTold(rule, moment('10:00'), undefined, clock)).toBe(expected);
  });

  it.each([
    ['09:59', false],
    ['10:00', true],
    ['14:29', true],
    ['14:30', false],
  ])('within its hours, by the close of the bar: %s', (time, expected) => {
    const { hours } = quietingOf(sampleRule({ activeHours: { from: '10:00', to: '14:30' } }));
    expect(isTold(quieting({ hours }), moment(time), undefined, clock)).toBe(expected);
  });

  it.each([
    ['21:59', false],
    ['22:00', true],
    ['01:59', true],
    ['02:00', false],
  ])('within hours that go over midnight: %s', (time, expected) => {
    const { hours } = quietingOf(sampleRule({ activeHours: { from: '22:00', to: '02:00' } }));
    expect(isTold(quieting({ hours }), moment(time), undefined, clock)).toBe(expected);
  });

  it.each([
    ['10:29', false],
    ['10:30', true],
  ])('again when the minutes are over: %s', (time, expected) => {
    expect(isTold(quieting({ cooldownMinutes: 30 }), moment(time), told('10:00'), clock)).toBe(expected);
  });

  it('once a day, when only new symbols are wanted', () => {
    const rule = quieting({ onlyNew: true, cooldownMinutes: 0 });
    expect(isTold(rule, moment('15:00'), told('10:00'), clock)).toBe(false);
    expect(isTold(rule, moment('15:00'), told('10:00', '2026-11-17'), clock)).toBe(true);
  });

  it('on another date, however long the silence was to be', () => {
    const rule = quieting({ cooldownMinutes: 600 });
    expect(isTold(rule, moment('09:20'), told('15:25', '2026-11-17'), clock)).toBe(true);
  });

  it('by minutes of trading: a pause of the day does not count', () => {
    // 2024-03-02 was traded in two parts, 09:15 to 10:00 and 11:30 to 12:30.
    const saturday = '2024-03-02' as TradingDate;
    const rule = quieting({ cooldownMinutes: 30 });
    expect(isTold(rule, moment('11:40', saturday), told('09:45', saturday), clock)).toBe(false);
    expect(isTold(rule, moment('11:45', saturday), told('09:45', saturday), clock)).toBe(true);
  });
});
