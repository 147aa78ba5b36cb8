import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../src/contract/settings.ts';
import { replay } from '../../../src/main/brokers/replay/index.ts';
import { readMarketFile } from '../../../src/main/brokers/replay/read-market-file.ts';
import { openContext } from '../open-context.ts';
import { recordingSink } from '../recording-sink.ts';

const ROOT = join('..', 'shared', 'market-data');
const isAbsent = !existsSync(ROOT);
const why = isAbsent ? ' (skipped: ../shared/market-data is not here)' : '';
const csvFiles = (folder: string): string[] =>
  isAbsent ? [] : readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name));

describe.skipIf(isAbsent)(`recorded markets${why}`, () => {
  it('are read without a fault, each as what it is', async () => {
    const kinds: Record<string, [kind: string, barMs?: number]> = {
      '1m': ['bars', 60_000],
      'universe-1m': ['bars', 60_000],
      daily: ['bars', 86_400_000],
      '1s': ['seconds'],
      ticks: ['ticks'],
    };
    for (const [folder, [kind, barMs]] of Object.entries(kinds)) {
      for (const path of csvFiles(folder)) {
        const file = await readMarketFile(path);
        expect(file.kind, path).toBe(kind);
        expect(file.kind === 'bars' ? file.barMs : undefined, path).toBe(barMs);
      }
    }
  });

  it('of fifty stocks play in order of time, every bar once', async () => {
    const files = csvFiles('universe-1m');
    const context = openContext({ settings: settingsSchema.parse({ feed: { replay: { files, speed: 0 } } }).feed });
    const session = await replay.open(context);
    expect(session.instruments).toHaveLength(50);
    session.feed.watch(new Set(session.instruments.map(({ key }) => key)));
    const sink = recordingSink();
    const ran = session.feed.run(sink, new AbortController().signal);
    context.clock.advance(0);
    await ran;
    // 18 sessions of 375 minutes, complete and simultaneous.
    expect(sink.calls).toHaveLength(18 * 375);
    expect(sink.calls.every((call) => call.type === 'bars' && call.bars.length === 50)).toBe(true);
    const times = sink.calls.map((call) => (call.type === 'bars' ? (call.bars[0]?.openTime ?? 0) : 0));
    expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true);
    expect(sink.statuses.at(-1)).toEqual({ state: 'finished' });
  });
});
