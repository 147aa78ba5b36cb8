import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { weekday } from '../../src/core/calendar-date.ts';
import type { Segment } from '../../src/core/instrument.ts';
import { calendars } from '../../src/main/platform/calendars.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadCalendarData } from '../../src/main/platform/load-calendar.ts';
import { loadUniverse } from '../../src/main/platform/load-universe.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';

const resources = findResources(import.meta.dirname);

/** A copy of the shipped resources, to break. */
function copy(): string {
  const folder = tempFolder();
  cpSync(resources, folder, { recursive: true });
  return folder;
}

describe('the shipped calendar', () => {
  it.each<[Segment, string, string, string, boolean]>([
    ['nse-cas', '2026-07-31', '09:15', '15:30', false],
    ['nse-cas', '2026-08-03', '09:15', '15:15', true],
    ['nse-index', '2026-07-31', '09:15', '15:30', false],
    ['nse-index', '2026-08-03', '09:15', '15:15', true],
    ['nse-cash', '2026-08-03', '09:15', '15:30', false],
    ['nse-fno', '2026-07-31', '09:15', '15:30', false],
    ['nse-fno', '2026-08-03', '09:15', '15:40', false],
    // A Saturday that stood in for a Monday, a budget Sunday, and evenings and an afternoon of Diwali.
    ['nse-cas', '2024-01-20', '09:15', '15:30', false],
    ['nse-cas', '2026-02-01', '09:15', '15:30', false],
    ['nse-cas', '2022-10-24', '18:15', '19:15', false],
    ['nse-cas', '2024-11-01', '18:00', '19:00', false],
    ['nse-cas', '2025-10-21', '13:45', '14:45', false],
    // The outage of 2021: trading resumed and the day ended at five.
    ['nse-cas', '2021-02-24', '09:15', '17:00', false],
    ['nse-cas', '2016-08-16', '09:15', '15:30', false],
  ])('%s on %s: %s to %s', (segment, date, open, close, auction) => {
    const session = nse(segment).session(day(date));
    expect([session?.open, session?.close]).toEqual([ist(`${date} ${open}`), ist(`${date} ${close}`)]);
    expect(session?.closingAuction).toEqual(
      auction ? { open: ist(`${date} 15:15`), close: ist(`${date} 15:35`) } : undefined,
    );
    expect(session?.provisional).toBe(false);
  });

  it.each<[Segment, string, string, string | undefined]>([
    ['nse-cas', '2026-07-31', '09:00', '09:08'],
    ['nse-cas', '2026-09-04', '09:00', '09:08'],
    // Since Monday 2026-09-07 orders are taken two minutes longer; trading begins when it always did.
    ['nse-cas', '2026-09-07', '09:00', '09:10'],
    ['nse-cash', '2026-09-04', '09:00', '09:08'],
    ['nse-cash', '2026-09-07', '09:00', '09:10'],
    ['nse-index', '2026-09-07', '09:00', undefined],
    ['nse-fno', '2026-08-03', '09:00', undefined],
    ['nse-cas', '2024-11-01', '17:45', undefined],
    ['nse-cas', '2025-10-21', '13:30', undefined],
    ['nse-cas', '2026-02-01', '09:00', undefined],
    ['nse-fno', '2026-11-08', '17:45', undefined],
  ])('%s has a pre-open on %s, orders from %s', (segment, date, open, matching) => {
    const session = nse(segment).session(day(date));
    expect(session?.preOpen).toEqual({ open: ist(`${date} ${open}`), close: session?.open });
    expect(session?.phases?.find(({ name }) => name === 'pre-open matching')?.open).toBe(
      matching && ist(`${date} ${matching}`),
    );
  });

  it('has no pre-open of derivatives before August 2026, and their own hours in a drill', () => {
    for (const date of ['2026-07-31', '2024-11-01']) expect(nse('nse-fno').session(day(date))?.preOpen).toBeUndefined();
    expect(nse('nse-fno').session(day('2024-05-18'))?.parts[1]?.open).toBe(ist('2024-05-18 11:45'));
    expect(nse('nse-cas').session(day('2024-05-18'))?.parts[1]?.open).toBe(ist('2024-05-18 11:30'));
  });

  it('has the two parts of the disaster drill of 2024-03-02', () => {
    expect(nse().session(day('2024-03-02'))?.parts).toEqual([
      { open: ist('2024-03-02 09:15'), close: ist('2024-03-02 10:00') },
      { open: ist('2024-03-02 11:30'), close: ist('2024-03-02 12:30') },
    ]);
  });

  it('marks the hours of Diwali 2026 as a guess', () => {
    expect(nse().session(day('2026-11-08'))).toMatchObject({ provisional: true, open: ist('2026-11-08 18:00') });
  });

  it.each([
    '2016-08-15',
    '2022-10-26',
    '2024-01-22',
    '2025-04-18',
    '2026-01-15',
    '2026-11-24',
    '2026-12-25',
    '2026-11-21',
  ])('is closed on %s', (date) => {
    expect(nse().session(day(date))).toBeUndefined();
  });

  it('names as holidays only days that would else be sessions', () => {
    const { holidays } = loadCalendarData(resources);
    expect(Object.keys(holidays).filter((date) => weekday(day(date)) > 4)).toEqual([]);
    // 16 closures of 2026: fifteen of the exchange's list and the municipal elections added later.
    expect(Object.keys(holidays).filter((date) => date.startsWith('2026'))).toHaveLength(16);
    expect(Object.keys(holidays).filter((date) => date.startsWith('2025'))).toHaveLength(14);
  });

  it('knows the years 2024 to 2026', () => {
    expect(['2023-12-31', '2024-01-01', '2026-12-31', '2027-01-01'].map((date) => nse().covers(day(date)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it.each<[string, (text: string) => string, string]>([
    ['a time that is none', (text) => text.replace('"15:40"', '"25:40"'), 'hours.8.continuous.1'],
    ['hours that end before they begin', (text) => text.replace('"15:40"', '"09:00"'), 'hours.8.continuous'],
    ['a segment nobody knows', (text) => text.replace('"nse-cash"', '"bse-cash"'), 'hours.3.segment'],
    ['a date that is none', (text) => text.replace('"2026-11-24"', '"2026-11-31"'), 'holidays.2026-11-31'],
    ['orders after the open', (text) => text.replace('["17:45", "18:00"]', '["17:45", "18:01"]'), 'special.10.preOpen'],
    [
      'a closing auction before the close',
      (text) => text.replace('["15:15", "15:35"]', '["15:10", "15:35"]'),
      'hours.1.closingAuction',
    ],
    ['a word nobody knows', (text) => text.replace('"preOpen"', '"preopen"'), 'hours.0'],
    ['parts out of order', (text) => text.replace('["11:30", "12:30"]', '["09:30", "12:30"]'), 'special.7.sessions'],
    ['no holidays', (text) => text.replace('"holidays"', '"hollidays"'), 'holidays'],
    ['no JSON', (text) => text.slice(0, -10), 'it is not JSON'],
  ])('with %s is refused, with file and field', (_what, breakIt, field) => {
    const folder = copy();
    const path = join(folder, 'calendar', 'nse.json');
    const text = readFileSync(path, 'utf8');
    expect(breakIt(text)).not.toBe(text);
    writeFileSync(path, breakIt(text));
    const error = appErrorOf(() => loadCalendarData(folder));
    expect(error.code).toBe('invalid-input');
    expect(error.message).toContain(path);
    expect(error.message).toContain(field);
  });

  it('that is missing is asked for by name', () => {
    const folder = tempFolder();
    expect(appErrorOf(() => loadCalendarData(folder)).message).toContain(join(folder, 'calendar', 'nse.json'));
  });
});

describe('the shipped calendar of Moscow', () => {
  const moex = calendars(resources)('moex');
  const msk = (text: string) => Date.parse(`${text.replace(' ', 'T')}+03:00`);
  const hours = (date: string) =>
    moex.session(day(date))?.parts.map(({ open, close }) => [open, close].map((time) => clockOf(date, time)).join('-'));
  const clockOf = (date: string, time: number) => new Date(time - msk(`${date} 00:00`)).toISOString().slice(11, 16);

  it.each([
    ['a working day', '2026-11-20', ['07:00-18:55', '19:05-23:50']],
    ['the last day of the longer auction', '2026-03-20', ['07:00-18:40', '19:05-23:50']],
    ['the first of the shorter one', '2026-03-23', ['07:00-18:55', '19:05-23:50']],
    ['a Saturday', '2026-11-21', ['10:00-19:00']],
    ['a Sunday without weekend trading', '2026-10-25', undefined],
    ['a holiday that is traded like a weekend', '2026-11-04', ['10:00-19:00']],
    ['a holiday', '2026-01-07', undefined],
    ['a day off that is traded in full', '2026-01-05', ['07:00-18:40', '19:05-23:50']],
    ["New Year's Eve", '2026-12-31', undefined],
    ['the first Saturday of all', '2025-03-01', ['14:10-19:00']],
    ['a day before there were mornings', '2024-06-03', ['10:00-18:40', '19:05-23:50']],
    ['a Saturday before there were weekends', '2025-02-22', undefined],
  ])('knows %s, %s', (_what, date, expected) => {
    expect(hours(date)).toEqual(expected);
  });

  it('says what it could not confirm', () => {
    expect(moex.session(day('2025-06-07'))?.provisional).toBe(true);
    expect(moex.session(day('2026-11-21'))?.provisional).toBe(false);
    expect(moex.covers(day('2025-12-31'))).toBe(false);
  });

  it('takes orders for ten minutes before', () => {
    expect(moex.session(day('2026-11-20'))?.preOpen?.open).toBe(msk('2026-11-20 06:50'));
    expect(moex.session(day('2026-11-21'))?.preOpen?.open).toBe(msk('2026-11-21 09:50'));
  });
});

describe('the shipped universe', () => {
  const universe = loadUniverse(resources);

  it('is the index and fifty stocks, each once', () => {
    expect(universe).toHaveLength(51);
    expect(new Set(universe.map(({ key }) => key)).size).toBe(51);
    expect(universe[0]).toEqual({
      key: 'NSE:NIFTY 50',
      name: 'NIFTY 50',
      segment: 'nse-index',
      sector: undefined,
      tickSize: 0.05,
      priceDecimals: 2,
      lotSize: 1,
    });
    expect(universe.find(({ key }) => key === 'NSE:M&M')).toEqual({
      key: 'NSE:M&M',
      name: 'Mahindra & Mahindra Ltd.',
      segment: 'nse-cas',
      sector: 'Automobile and Auto Components',
      tickSize: 0.05,
      priceDecimals: 2,
      lotSize: 1,
    });
    expect(universe.slice(1).every(({ segment, sector }) => segment === 'nse-cas' && sector !== undefined)).toBe(true);
  });

  it('with an instrument named twice is refused', () => {
    const folder = copy();
    const path = join(folder, 'universe', 'nifty50.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"NSE:ADANIPORTS"', '"NSE:ADANIENT"'));
    const { message } = appErrorOf(() => loadUniverse(folder));
    expect(message).toContain('instruments');
    expect(message).toContain('twice');
  });

  it('with a broken field is refused, with file and field', () => {
    const folder = copy();
    const path = join(folder, 'universe', 'nifty50.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"tickSize": 0.05', '"tickSize": 0'));
    const { message } = appErrorOf(() => loadUniverse(folder));
    expect(message).toContain(path);
    expect(message).toContain('instruments.0.tickSize');
  });
});

describe('the resources', () => {
  it('are found from the sources, from the build, and from themselves', () => {
    const project = join(import.meta.dirname, '..', '..');
    for (const start of [join(project, 'src', 'main'), join(project, 'out', 'main'), project, resources]) {
      expect(findResources(start)).toBe(join(project, 'resources'));
    }
  });

  it('are missed with a sentence', () => {
    expect(appErrorOf(() => findResources(tempFolder())).message).toContain('Install Tickscope again');
  });
});
