import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { calendarOf } from '../brokers/open-context.ts';
import { INFY, TCS } from '../support/tape.ts';
import { at, CLOSED, examine, OPEN } from './made-venue.ts';

const GB = 1e9;
const HOUR = 3_600_000;

describe('the disk', () => {
  const disk = (freeBytes: number, databaseBytes = 1 * GB, budgetMb = 10_000) =>
    examine({
      probes: {
        freeBytes: async () => freeBytes,
        files: async () => [
          { name: 'tickscope.sqlite', bytes: databaseBytes, writtenAt: OPEN },
          { name: 'other.txt', bytes: 500 * GB, writtenAt: OPEN },
        ],
      },
      settings: { storage: { budgetMb } },
    });

  it.each([
    ['full', 50e6, 1 * GB, 'problem', 'nothing more can be kept'],
    ['nearly full', 500e6, 1 * GB, 'warning', '500 MB free'],
    ['too small for the budget', 5 * GB, 1 * GB, 'warning', 'may grow to 10.0 GB and hold 1.0 GB'],
    ['over its budget', 50 * GB, 12 * GB, 'warning', 'more than their budget of 10.0 GB'],
    ['roomy', 50 * GB, 1 * GB, 'fine', 'hold 1.0 GB of their 10.0 GB'],
  ])('that is %s', async (_case, free, used, level, text) => {
    expect((await disk(free, used)).of('disk')).toMatchObject({ level, text: expect.stringContaining(text) });
  });

  it('of a folder that is not there yet is that of the one above', async () => {
    const freeBytes = async (folder: string) => (folder === '/' ? 20 * GB : Promise.reject(new Error('ENOENT')));
    expect((await examine({ probes: { freeBytes } })).of('disk').text).toContain('20.0 GB free');
  });

  it('may not let us write', async () => {
    const probes = { isWritable: async () => false, files: async () => [{ name: 'a', bytes: 1, writtenAt: OPEN }] };
    expect((await examine({ probes })).of('disk')).toMatchObject({
      level: 'problem',
      text: expect.stringContaining('may not write'),
    });
  });
});

describe('the market', () => {
  it('that is closed says when it opens, by the clock of India', async () => {
    const { of } = await examine({ now: CLOSED });
    expect(of('market')).toMatchObject({
      level: 'warning',
      fix: 'switch-to-simulator',
      text: 'The market is closed. It opens on Mon 23 Nov, 09:15 IST. Until then no price comes and no signal can.',
    });
    expect(of('first-tick')).toMatchObject({ level: 'unknown', text: expect.stringContaining('closed') });
    expect(of('silence')).toMatchObject({ level: 'fine', text: expect.stringContaining('silence is as it should be') });
  });

  it('opens later the same day', async () => {
    expect((await examine({ now: at('2026-11-20T08:00:00+05:30') })).of('market').text).toContain(
      'Fri 20 Nov, 09:15 IST',
    );
  });

  it('may be open for some only', async () => {
    const coin: Instrument = { ...INFY, key: 'KUCOIN:BTC-USDT' as never, segment: '24x7' };
    const { of } = await examine({ now: CLOSED, instruments: [coin, INFY, TCS], parts: { calendarOf } });
    expect(of('market')).toMatchObject({
      level: 'fine',
      text: 'The market is open for 1 of 3 instruments; closed for INFY and TCS.',
    });
  });

  it('is open', async () => {
    expect((await examine()).of('market').text).toBe('The market is open.');
  });
});

describe('the list of instruments', () => {
  const withList = (writtenAt: number, more = {}) =>
    examine({
      probes: {
        files: async () => [
          { name: 'made-instruments.csv', bytes: 1, writtenAt },
          { name: 'other-x', bytes: 1, writtenAt: OPEN },
        ],
      },
      ...more,
    });

  it('that is older than the last session and a day is stale', async () => {
    const { of } = await withList(OPEN - 50 * HOUR);
    expect(of('instruments')).toMatchObject({
      level: 'warning',
      fix: 'refresh-instruments',
      text: expect.stringContaining('2 days ago'),
    });
  });

  it('of a Friday is fresh on Sunday', async () => {
    expect((await withList(OPEN - 3 * HOUR, { now: OPEN + 48 * HOUR })).of('instruments').level).toBe('fine');
  });

  it('that was never fetched is a problem when it cannot be', async () => {
    const open = () => Promise.reject(new AppError('network', 'No answer.'));
    const { of } = await examine({ open });
    expect(of('instruments')).toMatchObject({
      level: 'problem',
      fix: 'refresh-instruments',
      text: expect.stringContaining('No list'),
    });
    expect((await withList(OPEN - 50 * HOUR, { open })).of('instruments')).toMatchObject({ level: 'warning' });
    expect((await withList(OPEN - 1 * HOUR, { open })).of('instruments')).toMatchObject({ level: 'unknown' });
  });

  it('may lack what is watched', async () => {
    const { of } = await examine({ session: { instruments: [INFY] } });
    expect(of('instruments')).toMatchObject({
      level: 'warning',
      text: 'Made Venue does not have 1 of 2 instruments: TCS.',
      fix: 'refresh-instruments',
    });
  });
});
