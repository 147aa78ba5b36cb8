import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';
import { BARS, breakPage, fill, overwrite, pagesOf, SETTINGS } from './damaged-store.ts';
import { FOREVER, INFY } from './sample-bars.ts';

const NOW = Date.UTC(2026, 10, 21, 10, 30) as EpochMs;
const now = () => NOW;

/** A path for a store of ours. */
const place = (): string => join(tempFolder(), 'tickscope.sqlite');

describe('damage in a file too large to be read at every start', () => {
  it('is said when it is met, and repaired at the next start', () => {
    const path = place();
    fill(path);
    const big = openStore(path);
    big.writeDocument('big', 'x'.repeat(33 * 1024 * 1024));
    big.close();
    breakPage(path, pagesOf(path, 'candle', 'leaf')[4] ?? 0);

    const store = openStore(path, { onSetAside: () => expect.unreachable('nobody has seen it yet') });
    const error = appErrorOf(() => store.loadCandles(INFY, '1m', ...FOREVER));
    expect(error.message).toContain('is damaged. Start Tickscope again');
    expect(existsSync(`${path}.suspect`)).toBe(true);
    store.close();

    const asides: string[] = [];
    const repaired = openStore(path, { now, onSetAside: ({ asideAs }) => asides.push(asideAs) });
    expect(asides).toHaveLength(1);
    expect(existsSync(`${path}.suspect`)).toBe(false);
    expect(repaired.readDocument('settings')).toEqual(SETTINGS);
    repaired.close();
  });

  it('was none when every page is in order, and the mark goes', () => {
    const path = place();
    fill(path);
    writeFileSync(`${path}.suspect`, '');
    openStore(path, { onSetAside: () => expect.unreachable('it is sound') }).close();
    expect(existsSync(`${path}.suspect`)).toBe(false);
  });
});

describe('a store with a damaged header', () => {
  it('is mended, whichever byte it is', () => {
    const path = place();
    fill(path);
    const bytes = readFileSync(path);
    // 18: a SQLite yet to come wrote it, and only that one may again. 62 and 63: a newer Tickscope may have.
    for (let at = 0; at < 100; at += 1) {
      if ([18, 62, 63].includes(at)) continue;
      writeFileSync(path, bytes);
      overwrite(path, at, Uint8Array.of((bytes[at] ?? 0) ^ 0xff));
      const store = openStore(path, { now });
      expect(store.readDocument('settings'), `byte ${at}`).toEqual(SETTINGS);
      expect(store.loadCandles(INFY, '1m', ...FOREVER).close, `byte ${at}`).toHaveLength(BARS);
      store.close();
    }
  });
});
