import { describe, expect, it } from 'vitest';
import { USUAL_SCHEDULE } from '../../src/contract/settings.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { scheduledAt } from '../../src/core/mode-schedule.ts';

const at = (text: string): EpochMs => Date.parse(`${text}+05:30`) as EpochMs;
const clock = (time: EpochMs): string => new Date(time + 330 * 60_000).toISOString().slice(0, 16);

describe('the usual schedule', () => {
  it.each([
    ['2026-11-20T09:15:00', 'streaming', '2026-11-20T10:00', 'polling'],
    ['2026-11-20T09:59:59', 'streaming', '2026-11-20T10:00', 'polling'],
    ['2026-11-20T10:00:00', 'polling', '2026-11-20T14:00', 'streaming'],
    ['2026-11-20T13:59:59', 'polling', '2026-11-20T14:00', 'streaming'],
    ['2026-11-20T14:00:00', 'streaming', '2026-11-21T09:15', 'streaming'],
    ['2026-11-20T23:59:59', 'streaming', '2026-11-21T09:15', 'streaming'],
    ['2026-11-21T00:00:00', 'streaming', '2026-11-21T09:15', 'streaming'],
    ['2026-11-21T09:14:59', 'streaming', '2026-11-21T09:15', 'streaming'],
  ])('at %s says %s, until %s', (time, mode, until, then) => {
    const { mode: running, next } = scheduledAt(USUAL_SCHEDULE, at(time));
    expect([running, clock(next.at), next.mode]).toEqual([mode, until, then]);
  });
});

describe('a schedule', () => {
  it('of one row holds all day, and its boundary comes each morning', () => {
    const rows = [{ from: '12:00', mode: 'polling' }] as const;
    expect(scheduledAt(rows, at('2026-11-20T03:00:00'))).toEqual({
      mode: 'polling',
      next: { at: at('2026-11-20T12:00:00'), mode: 'polling' },
    });
    expect(scheduledAt(rows, at('2026-11-20T12:00:00')).next.at).toBe(at('2026-11-21T12:00:00'));
  });

  it('may begin at midnight', () => {
    const rows = [
      { from: '00:00', mode: 'polling' },
      { from: '18:00', mode: 'streaming' },
    ] as const;
    expect(scheduledAt(rows, at('2026-12-31T23:00:00'))).toEqual({
      mode: 'streaming',
      next: { at: at('2027-01-01T00:00:00'), mode: 'polling' },
    });
  });

  it('without rows is a mistake of ours', () => {
    expect(() => scheduledAt([], at('2026-11-20T09:15:00'))).toThrow(RangeError);
  });
});
