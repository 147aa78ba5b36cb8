import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src/contract/settings.ts';
import { exportProblem } from '../../src/renderer/src/features/settings/export-problem.ts';
import { KEEP_KINDS } from '../../src/renderer/src/features/settings/keep-kinds.ts';
import { parseFileList } from '../../src/renderer/src/features/settings/parse-file-list.ts';
import { modeCost } from '../../src/renderer/src/features/top-bar/mode-cost.ts';

describe('a list of files', () => {
  it('is one path a line, without quotes, blanks and repetitions', () => {
    const text = ' /data/INFY_1m.csv \n\n"C:\\My data\\TCS.csv"\n\'/data/ITC.csv\'\n/data/INFY_1m.csv\r\n';
    expect(parseFileList(text)).toEqual(['/data/INFY_1m.csv', 'C:\\My data\\TCS.csv', '/data/ITC.csv']);
    expect(parseFileList(' \n')).toEqual([]);
  });
});

describe('what a mode costs', () => {
  const limits = { instrumentsPerSocket: 3_000, sockets: 3 };
  it.each([
    ['streaming', 51, 'live'],
    ['polling', 51, 'scan every 60 s · 1 request'],
    ['polling', 501, 'scan every 60 s · 2 requests'],
  ] as const)('%s of %i instruments: %s', (mode, instruments, words) => {
    expect(modeCost(mode, 60, instruments, { ...limits, quotesPerRequest: 500 })).toBe(words);
  });

  it('is no number of requests where nobody says how many a venue needs', () => {
    expect(modeCost('polling', 30, 51, limits)).toBe('scan every 30 s');
    expect(modeCost('polling', 30, 51, undefined)).toBe('scan every 30 s');
  });
});

describe('the dates of an export', () => {
  it('are two, the first not after the last', () => {
    expect(exportProblem('2026-11-19', '2026-11-20')).toBeUndefined();
    expect(exportProblem('2026-11-20', '2026-11-20')).toBeUndefined();
    expect(exportProblem('2026-11-20', '2026-11-19')).toContain('lies before');
    expect(exportProblem('', '2026-11-19')).toContain('Give');
    expect(exportProblem('2026-11-19', '')).toContain('Give');
  });
});

describe('what can be kept', () => {
  const { keepDays } = settingsSchema.parse({}).storage;
  it('is all the settings speak of, with their own numbers', () => {
    expect(KEEP_KINDS.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(keepDays).toSorted());
    for (const { kind, usual } of KEEP_KINDS) expect(keepDays[kind] ?? usual, kind).toBe(usual);
  });
});
