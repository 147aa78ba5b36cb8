import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/core/brand.ts';
import { type Calendars, openCalendars } from '../../src/main/platform/open-calendars.ts';
import { answerJson, holidayMaster, type NseSite, nseSite, weekdaysOf } from '../fakes/nse-site.ts';
import { calendarFolder, isOpen, resourcesDir, shippedCalendars } from '../support/calendar-folder.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { day, ist } from '../support/ist.ts';

const forever = new AbortController().signal;
const NOW = ist('2026-12-14 08:00');

const shipped2026 = Object.keys(shippedCalendars().data.holidays).filter((date) => date.startsWith('2026'));
const dates2027 = ['01-26', '03-08', '03-22', '03-26', '04-14', '05-17', '09-06', '10-29', '11-15', '12-24'].map(
  (date) => `2027-${date}`,
);

const ask = (calendars: Calendars, { url }: NseSite, clock = new FakeClock(NOW)) =>
  calendars.refresh({ clock, url }, forever);

describe("the exchange's list", () => {
  it('is fetched with the cookies of the home page, holds at once, and at the next start', async () => {
    const { open, refreshedFile, troubles } = calendarFolder();
    const site = await nseSite(answerJson(holidayMaster([...shipped2026, '2026-08-15', ...dates2027, '2026-12-16'])));
    const calendars = open();
    const before = calendars.calendarOf('nse-cas');
    expect(before.session(day('2026-12-16'))).toBeDefined();

    expect(await ask(calendars, site)).toEqual({
      kind: 'refreshed',
      added: ['2026-12-16', ...dates2027],
      knownThrough: '2027-12-31',
      contradictions: [],
    });
    expect(site.asked).toEqual([
      { path: '/', cookie: undefined },
      { path: '/api/holiday-master?type=trading', cookie: 'nsit=abc; bm_sv=def' },
    ]);
    expect(before.session(day('2026-12-16')), 'those who hold the calendar see it').toBeUndefined();
    expect(before.knownThrough).toBe('2027-12-31');

    const next = open();
    expect(['2026-12-16', '2027-03-22', '2027-03-23'].map((date) => isOpen(next, date))).toEqual([false, false, true]);
    expect(next.data.holidays['2027-01-26']).toBe('Holiday 17');
    expect(JSON.parse(readFileSync(refreshedFile, 'utf8'))).toMatchObject({ version: 1, fetchedAt: NOW });
    expect(troubles).toEqual([]);
  });

  it('adds nothing twice', async () => {
    const { open } = calendarFolder();
    const site = await nseSite(answerJson(holidayMaster([...shipped2026, ...dates2027])));
    const calendars = open();
    await ask(calendars, site);
    expect(await ask(calendars, site)).toMatchObject({ kind: 'refreshed', added: [] });
    expect(await ask(open(), site, new FakeClock(NOW + 30 * DAY_MS))).toMatchObject({ added: [], contradictions: [] });
  });

  it('does not go before the owner, nor against what ships', async () => {
    const { open, own } = calendarFolder();
    own({ notHolidays: ['2026-12-16'] });
    const contrary = [...shipped2026.filter((date) => date !== '2026-12-25'), '2026-12-16', '2026-12-10'];
    const calendars = open();
    const outcome = await ask(calendars, await nseSite(answerJson(holidayMaster(contrary))));
    expect(outcome).toMatchObject({
      kind: 'refreshed',
      added: [],
      contradictions: [expect.stringContaining('2026-12-10'), expect.stringContaining('2026-12-25')],
    });
    expect(['2026-12-25', '2026-12-16', '2026-12-10'].map((date) => isOpen(calendars, date))).toEqual([
      false,
      true,
      true,
    ]);
  });

  const html: Parameters<typeof nseSite>[0] = (_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Access Denied</title>');
  };
  const good = JSON.stringify(holidayMaster([...shipped2026, ...dates2027]));
  it.each<[string, Parameters<typeof nseSite>[0], string, string]>([
    ['a page instead of a list', html, 'invalid-input', 'it is not JSON'],
    ['403', (_request, response) => response.writeHead(403).end(), 'forbidden', 'HTTP 403'],
    ['503', (_request, response) => response.writeHead(503).end('busy'), 'network', 'HTTP 503'],
    [
      'half a list',
      (_request, response) => response.end(good.slice(0, good.length / 2)),
      'invalid-input',
      'it is not JSON',
    ],
    [
      'a list that breaks off',
      (_request, response) => {
        response.writeHead(200, { 'content-length': good.length });
        response.write(good.slice(0, 500), () => response.destroy());
      },
      'network',
      'cannot be reached',
    ],
    [
      'an endless list',
      (_request, response) => response.end(`{"CM":"${'x'.repeat(2_000_000)}"}`),
      'invalid-input',
      'too long',
    ],
    ['another list', answerJson({ data: [] }), 'invalid-input', 'no list of the equity market'],
    [
      'a holiday on every weekday',
      answerJson(holidayMaster(weekdaysOf(2027, 250))),
      'invalid-input',
      '250 holidays in 2027',
    ],
    [
      'a date that is none',
      answerJson({ CM: [{ tradingDate: '30-Feb-2027', description: 'Off' }] }),
      'invalid-input',
      'a date in it is none',
    ],
    [
      'a date on a wrong weekday',
      answerJson({ CM: [{ tradingDate: '26-Jan-2027', weekDay: 'Monday', description: 'Off' }] }),
      'invalid-input',
      '2027-01-26 is no monday',
    ],
  ])('%s changes nothing', async (_what, answer, code, words) => {
    const { open, refreshedFile } = calendarFolder();
    const calendars = open();
    const outcome = await ask(calendars, await nseSite(answer));
    if (outcome.kind !== 'failed') return expect.unreachable(outcome.kind);
    expect(outcome.error.code).toBe(code);
    expect(outcome.error.message).toContain(words);
    expect(outcome.error.message).toContain('The calendar stays as it is');
    expect(calendars.data).toEqual(shippedCalendars().data);
    expect(existsSync(refreshedFile)).toBe(false);
  });

  it('that does not come within ten seconds is not waited for', async () => {
    const clock = new FakeClock(NOW);
    const site = await nseSite(() => clock.advance(10_000));
    const outcome = await ask(calendarFolder().open(), site, clock);
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'network' } });
    if (outcome.kind === 'failed') expect(outcome.error.message).toContain('did not answer within 10 seconds');
    expect(clock.timers).toBe(0);
  });

  it('is not waited for when the app ends', async () => {
    const stop = new AbortController();
    const clock = new FakeClock(NOW);
    const site = await nseSite(() => stop.abort());
    const { open } = calendarFolder();
    expect(await open().refresh({ clock, url: site.url }, stop.signal)).toEqual({ kind: 'stopped' });
    expect(clock.timers).toBe(0);
    expect(await open().refresh({ clock, url: site.url }, stop.signal)).toEqual({ kind: 'stopped' });
  });

  it('cannot be had offline', async () => {
    const outcome = await calendarFolder()
      .open()
      .refresh({ clock: new FakeClock(NOW), url: 'http://127.0.0.1:1' }, forever);
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'network' } });
  });

  it('that was kept and is damaged is left out, and told', () => {
    const { open, refreshedFile, troubles } = calendarFolder();
    writeFileSync(refreshedFile, '{"version":1,"holidays":{"2027-01-26":""}}');
    expect(open().data).toEqual(shippedCalendars().data);
    expect(troubles[0]?.message).toContain(refreshedFile);
    expect(troubles[0]?.message).toContain('Delete it');
  });

  it('that cannot be kept holds until the app ends, and that is told', async () => {
    const { folder, troubles } = calendarFolder();
    const calendars = openCalendars({
      resourcesDir,
      overrideFile: join(folder, 'calendar.json'),
      refreshedFile: join(folder, 'missing', 'nse-holidays.json'),
      onTrouble: (error) => troubles.push(error),
    });
    const site = await nseSite(answerJson(holidayMaster([...shipped2026, '2026-12-16'])));
    expect(await ask(calendars, site)).toMatchObject({ kind: 'refreshed', added: ['2026-12-16'] });
    expect(isOpen(calendars, '2026-12-16')).toBe(false);
    expect(troubles).toMatchObject([{ code: 'storage' }]);
    expect(readdirSync(folder)).toEqual(['cache']);
  });
});
