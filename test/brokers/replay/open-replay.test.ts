import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { readReplayFile, replay } from '../../../src/main/brokers/replay/index.ts';
import { openReplay } from '../../../src/main/brokers/replay/open-replay.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ist } from '../../support/ist.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { openContext } from '../open-context.ts';
import { recordingSink } from '../recording-sink.ts';
import { BARS, bar, file, key, replaySettings as settings } from './recordings.ts';

describe('opening a replay', () => {
  it('takes what the app knows of an instrument, and makes up the rest', async () => {
    const known = file('RELIANCE_2016.csv', BARS, [bar('2016-08-16T09:15', 1), bar('2016-08-16T09:16', 1)]);
    const unknown = file('TCS-FUT_2016.csv', BARS, [bar('2016-08-16T09:15', 1), bar('2016-08-16T09:16', 1)]);
    const other = file('BTCUSDT_2016.csv', BARS, [bar('2016-08-16T09:15', 1), bar('2016-08-16T09:16', 1)]);
    const { instruments } = await replay.open(openContext({ settings: settings([known, unknown, other, known]) }));
    expect(instruments.map(({ key, name, segment }) => [key, name, segment])).toEqual([
      ['NSE:RELIANCE', 'Reliance Industries Ltd.', 'nse-cas'],
      ['NSE:TCS-FUT', 'TCS-FUT', 'nse-fno'],
      ['NSE:BTCUSDT', 'BTCUSDT', '24x7'],
    ]);
  });

  it('keeps an exchange that the symbol names', async () => {
    const path = file('odd name.csv', BARS, [bar('2016-08-16T09:15', 1), bar('2016-08-16T09:16', 1)]);
    const { clock, calendarOf, logger } = openContext();
    const files = [await readReplayFile(path, 'BSE:INFY')];
    const session = openReplay({ files, speed: 0, clock, instruments: [], calendarOf, logger });
    expect(session.instruments.map((instrument) => instrument.key)).toEqual(['BSE:INFY']);
  });

  it('says what to do when there is no file, or one that cannot be read', async () => {
    const refusal = async (files: readonly string[]): Promise<unknown> =>
      replay.open(openContext({ settings: settings(files) })).catch((thrown: unknown) => thrown);
    for (const problem of [
      await refusal([]),
      await refusal([join(tempFolder(), 'nowhere.csv')]),
      await refusal([join(tempFolder(), '.csv')]),
    ]) {
      expect(problem).toBeInstanceOf(AppError);
    }
    expect(await refusal([])).toMatchObject({ message: expect.stringContaining('choose one or more CSV files') });
  });

  it('ends as failed, in a sentence, when whoever listens throws', async () => {
    const path = file('AAA_f.csv', BARS, [bar('2016-08-16T09:15', 1), bar('2016-08-16T09:16', 2)]);
    const context = openContext({ settings: settings([path]) });
    const { feed } = await replay.open(context);
    feed.watch(new Set([key('NSE:AAA')]));
    const sink = recordingSink(() => {
      throw new Error('disk full');
    });
    const ran = feed.run(sink, new AbortController().signal);
    context.clock.advance(0);
    await ran;
    expect(sink.statuses.at(-1)).toMatchObject({ state: 'stopped', reason: 'failed' });
  });

  it('changes speed while it runs', async () => {
    const rows = Array.from({ length: 600 }, (_, at) => [ist('2022-08-10T10:00') / 1_000 + at, 100]);
    const wall = new FakeClock();
    const context = openContext({ clock: wall, settings: settings([file('SSS.csv', 'time,price', rows)], 1) });
    const { feed, playback } = await replay.open(context);
    feed.watch(new Set([key('NSE:SSS')]));
    const sink = recordingSink();
    const ran = feed.run(sink, new AbortController().signal);
    wall.advance(10_000);
    expect(sink.ticksSeen).toHaveLength(11);
    playback?.setSpeed(10);
    wall.advance(10_000);
    expect(sink.ticksSeen).toHaveLength(111);
    playback?.setSpeed(0);
    wall.advance(50);
    await ran;
    expect(sink.ticksSeen).toHaveLength(600);
  });
});
