import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DAY_MS, type EpochMs } from '../src/core/brand.ts';
import { forgetReplays } from '../src/main/forget-replays.ts';
import { openStore } from '../src/main/store/open-store.ts';
import { tempFolder } from './support/temp-folder.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z') as EpochMs;

it('deletes stores of recordings not played for a month, and nothing else', () => {
  const folder = tempFolder();
  const aged = (name: string, days: number): string => {
    const path = join(folder, name);
    openStore(path).close();
    const time = (NOW - days * DAY_MS) / 1_000;
    utimesSync(path, time, time);
    return path;
  };
  const old = aged('replay-0a1b2c3d.sqlite', 31);
  const inUse = aged('replay-11111111.sqlite', 31);
  const kept = aged('replay-22222222.sqlite', 90);
  const recent = aged('replay-33333333.sqlite', 29);
  const real = aged('tickscope.sqlite', 400);
  writeFileSync(join(folder, 'replay-notes.txt'), 'mine');
  const open = openStore(inUse);
  utimesSync(inUse, (NOW - 31 * DAY_MS) / 1_000, (NOW - 31 * DAY_MS) / 1_000);

  expect(forgetReplays(join(folder, 'replay.sqlite'), kept, NOW)).toEqual(['replay-0a1b2c3d.sqlite']);
  open.close();
  expect(existsSync(old)).toBe(false);
  for (const path of [inUse, kept, recent, real, join(folder, 'replay-notes.txt')]) expect(existsSync(path)).toBe(true);
});
