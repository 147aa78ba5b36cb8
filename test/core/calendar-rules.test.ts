import { describe, expect, it } from 'vitest';
import { type CalendarData, createCalendar, type SpecialSession } from '../../src/core/calendar.ts';
import { day, ist } from '../support/ist.ts';

const data: CalendarData = {
  utcOffsetMinutes: 330,
  covers: { from: '2026-01-01', to: '2026-12-31' },
  hours: [
    {
      segment: 'nse-cas',
      from: null,
      continuous: ['09:15', '15:15'],
      preOpen: ['09:00', '09:15'],
      closingAuction: ['15:15', '15:35'],
    },
    { segment: 'nse-fno', from: null, continuous: ['09:15', '15:40'] },
  ],
  holidays: { '2026-11-10': 'A holiday' },
  special: [],
};

describe('a special day', () => {
  const on = (segment: 'nse-cas' | 'nse-fno', ...special: SpecialSession[]) =>
    createCalendar({ ...data, special }, segment).session(day('2026-11-10'));
  const evening: SpecialSession = { date: '2026-11-10', name: 'Evening', sessions: [['18:15', '19:15']] };

  it('has the auctions it names, where the segment has such an auction at all', () => {
    const entry: SpecialSession = { ...evening, preOpen: ['18:00', '18:15'], closingAuction: ['19:15', '19:20'] };
    expect(on('nse-cas', entry)).toMatchObject({
      preOpen: { open: ist('2026-11-10 18:00'), close: ist('2026-11-10 18:15') },
      closingAuction: { open: ist('2026-11-10 19:15'), close: ist('2026-11-10 19:20') },
    });
    expect(on('nse-fno', entry)).toMatchObject({ preOpen: undefined, closingAuction: undefined });
    expect(on('nse-fno', { ...entry, segments: ['nse-fno'] })?.preOpen?.open).toBe(ist('2026-11-10 18:00'));
  });

  it('skips the auction for a day, as after a halt of the whole market', () => {
    expect(on('nse-cas', { ...evening, sessions: [['09:15', '15:15']] })?.closingAuction).toBeUndefined();
  });

  it('is for the segments it names, and that goes before a day for all', () => {
    const mine: SpecialSession = { ...evening, segments: ['nse-fno'], sessions: [['18:30', '19:00']] };
    for (const special of [
      [evening, mine],
      [mine, evening],
    ]) {
      expect(on('nse-fno', ...special)?.open).toBe(ist('2026-11-10 18:30'));
      expect(on('nse-cas', ...special)?.open).toBe(ist('2026-11-10 18:15'));
    }
    expect(on('nse-cas', mine), 'a holiday still').toBeUndefined();
  });
});

describe('regular hours', () => {
  const rules: CalendarData = {
    ...data,
    hours: [
      {
        segment: 'moex',
        from: null,
        continuous: ['07:00', '23:50'],
        pauses: [['18:55', '19:05']],
        phases: [{ name: 'closing auction', span: ['18:55', '19:00'] }],
      },
      { segment: 'moex', days: 'weekends', from: '2026-03-07', continuous: ['10:00', '19:00'], provisional: true },
    ],
    special: [],
  };
  const moex = createCalendar(rules, 'moex');
  const at = (time: string) => ist(`2026-03-09 ${time}`);

  it('may have pauses, and stretches with a name', () => {
    const session = moex.session(day('2026-03-09'));
    expect(session?.parts).toEqual([
      { open: at('07:00'), close: at('18:55') },
      { open: at('19:05'), close: at('23:50') },
    ]);
    expect(session?.phases).toEqual([{ name: 'closing auction', open: at('18:55'), close: at('19:00') }]);
  });

  it('may be other ones on weekends, from a date on', () => {
    expect(moex.session(day('2026-03-01'))).toBeUndefined();
    expect(moex.session(day('2026-03-07'))).toMatchObject({ open: ist('2026-03-07 10:00'), provisional: true });
    expect([moex.anchor(day('2026-03-01')), moex.anchor(day('2026-03-08'))]).toEqual([
      ist('2026-03-01 07:00'),
      ist('2026-03-08 10:00'),
    ]);
  });
});
