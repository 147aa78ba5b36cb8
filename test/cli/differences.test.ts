import { describe, expect, it } from 'vitest';
import { differencesCommand } from '../../src/main/cli/differences.ts';
import { runCli } from '../support/cli-run.ts';
import { ist } from '../support/ist.ts';
import { DB, fill, filled, INFY } from './covered-store.ts';

describe('differences', () => {
  it('prints each field that differs, late ticks, and a total', async () => {
    const { status, lines } = await runCli(differencesCommand, DB, filled());
    expect(status).toBe(0);
    expect(lines).toEqual([
      'Differences of 2026-08-03, one-minute bars',
      'instrument  field  bars  largest  mean',
      'NSE:INFY    close     2        3     2',
      'NSE:INFY: 1 changed by late ticks',
      'In total 2 bars of 1 instruments differ; 1 bars were changed by late ticks',
    ]);
  });

  it('prints JSON', async () => {
    const { text } = await runCli(differencesCommand, [...DB, '--json'], filled());
    expect(JSON.parse(text)).toEqual({
      date: '2026-08-03',
      rows: [{ instrument: 'NSE:INFY', field: 'close', bars: 2, largest: 3, mean: 2 }],
      lateTicks: [{ instrument: 'NSE:INFY', bars: 1 }],
      total: { instruments: 1, bars: 2, lateTicks: 1 },
      venues: [],
    });
  });

  it('of a day without any says so', async () => {
    const { lines } = await runCli(differencesCommand, [...DB, '--date', '2026-08-04'], filled());
    expect(lines).toEqual([
      'Differences of 2026-08-04, one-minute bars',
      'In total 0 bars of 0 instruments differ; 0 bars were changed by late ticks',
    ]);
  });

  it('tells what venues say otherwise than we built it', async () => {
    const ours = { open: 100, high: 102, low: 99, close: 101, volume: 7 };
    const theirs = { ...ours, high: 103.5 };
    const openTime = ist('2026-08-03 09:20');
    const place = { instrument: INFY, timeframe: '1m', at: openTime, ours, theirs } as const;
    const folder = filled((store) => {
      fill(store);
      const differences = [
        { ...place, openTime, venue: 'fyers' },
        { ...place, openTime: ist('2026-08-03 09:21'), venue: 'fyers' },
        { ...place, openTime: ist('2026-08-04 09:21'), venue: 'fyers' },
      ];
      store.saveBars({ batches: [], differences });
    });
    const { lines } = await runCli(differencesCommand, [...DB, '--date', '2026-08-03'], folder);
    expect(lines.slice(-3)).toEqual([
      'fyers tells 2 one-minute bars of 1 instruments otherwise',
      'instrument  bars',
      'NSE:INFY       2',
    ]);
    const { text } = await runCli(differencesCommand, [...DB, '--json', '--date', '2026-08-03'], folder);
    const { venues } = JSON.parse(text);
    expect(venues).toHaveLength(2);
    expect(venues[0]).toEqual({ venue: 'fyers', instrument: INFY, openTime, ours, theirs });
  });
});
