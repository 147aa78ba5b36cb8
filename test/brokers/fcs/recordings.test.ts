import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { joinFrame, leaveFrame, pingFrame, removeAllFrame } from '../../../src/main/brokers/fcs/client-frames.ts';
import { decodeFcs } from '../../../src/main/brokers/fcs/decode.ts';

/** Samples of the vendor's documents and clients; not part of this project. */
const FOLDER = join(import.meta.dirname, '../../../../shared/fixtures/fcs');
const isThere = existsSync(FOLDER);
const names = isThere ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];
const bytesOf = (name: string): Uint8Array => readFileSync(join(FOLDER, name));
const fixtureOf = (name: string) => JSON.parse(new TextDecoder().decode(bytesOf(name)));

describe.skipIf(!isThere)('recordings of FCS (need ../shared/fixtures/fcs)', () => {
  it.each(names.filter((name) => fixtureOf(name).expect !== undefined))('%s decodes as expected', (name) => {
    const expected = [fixtureOf(name).expect].flat();
    expect([...decodeFcs({ bytes: bytesOf(name), switches: new Set() })]).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  });

  it('are all there', () => {
    expect(names).toHaveLength(17);
  });

  const room = { symbol: 'BINANCE:BTCUSDT', timeframe: '1D' };
  it.each([
    ['ws-client-join.json', joinFrame(room)],
    ['ws-client-leave.json', leaveFrame(room)],
    ['ws-client-remove-all.json', removeAllFrame()],
    ['ws-client-ping.json', pingFrame(1_766_411_426_000 as EpochMs)],
  ])('%s is what we send', (name, text) => {
    expect(text).toBe(fixtureOf(name).frameText);
  });
});
