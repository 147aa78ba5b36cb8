import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TradingDate } from '../../src/core/brand.ts';
import { readReplayFile } from '../../src/main/brokers/replay/index.ts';
import { onTheWall } from '../support/bar-table.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ist } from '../support/ist.ts';
import { replayWorld } from '../support/replay.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { settle } from '../support/world.ts';

/** The ledger of a date once the file has been played to its end: minutes, and holes as on the wall. */
async function ledgerOf(path: string, date: string) {
  const clock = new FakeClock(0);
  const { world } = replayWorld([await readReplayFile(path)], 0, clock, '5m');
  await world.start();
  let isOver = false;
  void world.finished().then(() => {
    isOver = true;
  });
  while (!isOver) {
    clock.advance(50);
    await settle();
  }
  const [row] = world.ledger(date as TradingDate).rows;
  await world.close();
  const holes = row?.holes.map(({ open, close }) => `${onTheWall(open)} ${onTheWall(close)}`);
  return { expected: row?.expected, received: row?.received, missing: row?.missing, holes };
}

/** Seconds of an index from 09:15 to 15:30 less those that `isLost`. */
function writeSeconds(isLost: (time: number) => boolean): string {
  const path = join(tempFolder(), 'NIFTY50_2026-07-31.csv');
  const rows: string[] = [];
  for (let time: number = ist('2026-07-31 09:15:00'); time < ist('2026-07-31 15:30:00'); time += 1_000)
    if (!isLost(time)) rows.push(`${time / 1_000},${24_000 + (time % 7)}`);
  writeFileSync(path, `time,price\n${rows.join('\n')}\n`);
  return path;
}

describe('the ledger of a recording', () => {
  it('is whole to the last second of a whole day', async () => {
    const path = writeSeconds(() => false);
    expect(await ledgerOf(path, '2026-07-31')).toEqual({ expected: 375, received: 375, missing: 0, holes: [] });
  });

  it('names the minutes in which an index was silent', async () => {
    const path = writeSeconds((time) => time > ist('2026-07-31 11:02:10') && time < ist('2026-07-31 11:04:00'));
    const { missing, holes } = await ledgerOf(path, '2026-07-31');
    expect(missing).toBe(2);
    expect(holes?.map((hole) => hole.replaceAll(/\d{4}-\d\d-\d\d[ T]/g, ''))).toEqual(['11:02:00 11:04:00']);
  });

  const seconds = '../shared/market-data/1s/NIFTY50_2022-10-25.csv';
  const minutes = '../shared/market-data/1m/NIFTY50_2026-07-28_2026-08-11.csv';
  it.skipIf(!existsSync(seconds))('names all ten silences of 2022-10-25 (needs ../shared/market-data)', async () => {
    expect(await ledgerOf(seconds, '2022-10-25')).toMatchObject({ expected: 375, missing: 26 });
  });

  it.skipIf(!existsSync(minutes))(
    'names the four minutes the file of 2026-07-28 lacks (needs ../shared/market-data)',
    async () => {
      expect(await ledgerOf(minutes, '2026-07-28')).toMatchObject({ expected: 375, received: 371, missing: 4 });
      expect(await ledgerOf(minutes, '2026-08-03')).toMatchObject({ expected: 360, received: 360 });
    },
  );
});
