import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/core/calendar.ts';
import { marketStateAt } from '../../src/main/engine/market-state.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadCalendarData } from '../../src/main/platform/load-calendar.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

describe('the market', () => {
  it.each([
    ['on a morning before the pre-open', '2026-10-30T08:00', 'closed', '2026-10-30T09:15'],
    ['while orders for the opening are taken', '2026-10-30T09:00', 'pre-open', '2026-10-30T09:15'],
    ['a moment before the open', '2026-10-30T09:14:59.999', 'pre-open', '2026-10-30T09:15'],
    ['before the open of 2024 too', '2024-07-31T09:05', 'pre-open', '2024-07-31T09:15'],
    ['before a Muhurat', '2024-11-01T17:50', 'pre-open', '2024-11-01T18:00'],
    ['in continuous trading', '2026-10-30T10:00', 'open', '2026-10-30T15:15'],
    ['in the closing auction', '2026-10-30T15:20', 'closing-auction', '2026-10-30T15:35'],
    ['after it, on a Friday', '2026-10-23T15:35', 'closed', '2026-10-26T09:15'],
    ['at a quarter past three before there was an auction', '2026-07-31T15:20', 'open', '2026-07-31T15:30'],
    ['on the eve of a holiday', '2026-10-19T16:00', 'closed', '2026-10-21T09:15'],
    ['in the pause of a two-part day', '2024-03-02T10:30', 'closed', '2024-03-02T11:30'],
    ['in the second part', '2024-03-02T11:31', 'open', '2024-03-02T12:30'],
  ])('is told %s', (_case, now, phase, until) => {
    expect(marketStateAt(nse(), ist(now))).toEqual({ phase, until: ist(until), warning: undefined });
  });

  it('is open again after the pause of a Moscow evening', () => {
    const moex = createCalendar(loadCalendarData(findResources(import.meta.dirname), 'moex'), 'moex');
    const msk = (time: string) => Date.parse(`2026-10-30T${time}+03:00`) as ReturnType<typeof ist>;
    expect(marketStateAt(moex, msk('18:57'))).toMatchObject({ phase: 'closed', until: msk('19:05') });
    expect(marketStateAt(moex, msk('19:05'))).toMatchObject({ phase: 'open', until: msk('23:50') });
  });

  it('is told with what the calendar does not know', () => {
    const { phase, warning } = marketStateAt(nse(), ist('2026-12-01T10:00'));
    expect(phase).toBe('open');
    expect(warning).toContain('The holidays of 2027 are not known yet');
  });
});
