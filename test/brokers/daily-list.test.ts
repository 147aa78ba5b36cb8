import { describe, expect, it } from 'vitest';
import { listDay } from '../../src/main/brokers/daily-list.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

describe('the day of the newest list', () => {
  const at = (text: string) => listDay(ist(text), nse());

  it.each([
    ['a trading day, after half past eight', '2026-11-20T08:30:00', '2026-11-20'],
    ['a trading day, before it', '2026-11-20T08:29:59', '2026-11-19'],
    ['a Saturday', '2026-11-21T12:00:00', '2026-11-20'],
    ['a Monday, early', '2026-11-23T07:00:00', '2026-11-20'],
    ['a holiday', '2026-11-24T12:00:00', '2026-11-23'],
    ['a Sunday with a session', '2026-11-08T12:00:00', '2026-11-08'],
  ])('%s', (_case, now, day) => {
    expect(at(now)).toBe(day);
  });
});
