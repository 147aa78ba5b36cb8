import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/main/store/open-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { ALERTS, BARS, fill, PAGE, pagesOf, SETTINGS } from './damaged-store.ts';
import { bar, FOREVER, INFY } from './sample-bars.ts';

/** mulberry32 (github.com/bryc/code, public domain): a whole number below `limit` at each call. */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

describe('a store with random bytes in random pages', () => {
  it('opens each of 50 times, with the settings and alerts whose pages are whole', () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    fill(path);
    const whole = readFileSync(path);
    const pages = whole.length / PAGE;
    const pagesWith = (table: string) => [...pagesOf(path, 'sqlite_schema'), ...pagesOf(path, table)];
    const [settings, alerts] = [pagesWith('document'), pagesWith('alert')];
    let [setAside, hurt] = [0, 0];

    for (let seed = 1; seed <= 50; seed += 1) {
      const roll = dice(seed);
      const bytes = Buffer.from(whole);
      // A page or a few, and in each a byte, a few, or half of it.
      const broken = Array.from({ length: 1 + roll(4) }, () => roll(pages));
      for (const page of broken) {
        const count = [1, 8, PAGE / 2][roll(3)] ?? 1;
        for (let index = 0; index < count; index += 1) bytes[page * PAGE + roll(PAGE)] = roll(256);
      }
      writeFileSync(path, bytes);

      const store = openStore(path, {
        onSetAside: ({ asideAs }) => {
          setAside += 1;
          expect(readFileSync(asideAs).equals(bytes), 'what is set aside is as it was').toBe(true);
          rmSync(asideAs);
        },
      });
      const isWhole = (of: readonly number[]) => !broken.some((page) => of.includes(page + 1));
      if (isWhole(settings)) expect(store.readDocument('settings'), `seed ${seed}`).toEqual(SETTINGS);
      else hurt += 1;
      if (isWhole(alerts)) expect(store.alerts(1_000), `seed ${seed}`).toHaveLength(ALERTS);
      expect(store.loadCandles(INFY, '1m', ...FOREVER).close.length).toBeLessThanOrEqual(BARS);
      store.saveBars({ batches: [{ candles: [bar(BARS, 1)], provenance: 'history' }] });
      store.close();
      for (const suffix of ['.repair', '.mended', '.suspect', '-wal'])
        expect(existsSync(`${path}${suffix}`), `seed ${seed} leaves no ${suffix}`).toBe(false);
    }
    expect(setAside, 'most of it is found').toBeGreaterThan(30);
    expect(hurt, 'some of it hurts').toBeLessThan(25);
  });
});
