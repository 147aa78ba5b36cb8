import { describe, expect, it } from 'vitest';
import { differencesCommand } from '../../src/main/cli/differences.ts';
import { runCli } from '../support/cli-run.ts';
import { DB, filled } from './covered-store.ts';

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
    });
  });

  it('of a day without any says so', async () => {
    const { lines } = await runCli(differencesCommand, [...DB, '--date', '2026-08-04'], filled());
    expect(lines).toEqual([
      'Differences of 2026-08-04, one-minute bars',
      'In total 0 bars of 0 instruments differ; 0 bars were changed by late ticks',
    ]);
  });
});
