import { describe, expect, it } from 'vitest';
import { replay } from '../../../src/main/brokers/replay/index.ts';
import { ist } from '../../support/ist.ts';
import { openContext } from '../open-context.ts';
import { type RecordingSink, recordingSink } from '../recording-sink.ts';
import { BARS, bar, file, key, replaySettings as settings } from './recordings.ts';

/** Plays the files to the end and tells what the sink heard, and how often a market minute passed. */
async function played(files: readonly string[], speed = 0): Promise<RecordingSink & { readonly minutes: string[] }> {
  const context = openContext({ settings: settings(files, speed) });
  const session = await replay.open(context);
  const minutes: string[] = [];
  const sink = recordingSink();
  const market = session.playback?.clock;
  const beat = (): void => {
    minutes.push(`${market?.now()} after ${sink.calls.length}`);
    market?.after(60_000, beat);
  };
  market?.after(60_000, beat);
  session.feed.watch(new Set(session.instruments.map((instrument) => instrument.key)));
  const done = session.feed.run(sink, new AbortController().signal);
  for (let step = 0; step < 100_000 && sink.statuses.at(-1)?.state !== 'finished'; step += 1) {
    context.clock.advance(speed === 0 ? 0 : 20_000 / speed);
    await Promise.resolve();
    await Promise.resolve();
  }
  await done;
  return { ...sink, minutes };
}

describe('the replay', () => {
  it('gives bars when they close, across files in order of time, equal times in the order of the files', async () => {
    const late = file('TCS_day.csv', BARS, [bar('2016-08-16T09:15', 200), bar('2016-08-16T09:16', 201)]);
    const slow = file('INFY_day.csv', BARS, [bar('2016-08-16T09:15', 100), bar('2016-08-16T09:20', 101)]);
    const { calls, statuses } = await played([late, slow]);
    expect(
      calls.map((call) => (call.type === 'bars' ? call.bars.map((one) => `${one.instrument} ${one.close}`) : [])),
    ).toEqual([['NSE:TCS 200'], ['NSE:TCS 201'], ['NSE:INFY 100'], ['NSE:INFY 101']]);
    expect(statuses).toEqual([{ state: 'live', since: ist('2016-08-16T09:15') }, { state: 'finished' }]);
    const twin = file('WIPRO.csv', BARS, [bar('2016-08-16T09:15', 50), bar('2016-08-16T09:16', 51)]);
    expect((await played([twin, late])).calls[0]).toEqual({
      type: 'bars',
      provenance: 'history',
      bars: [
        {
          instrument: 'NSE:WIPRO',
          timeframe: '1m',
          openTime: ist('2016-08-16T09:15'),
          open: 50,
          high: 51,
          low: 49.5,
          close: 50,
          volume: 10,
        },
        expect.objectContaining({ instrument: 'NSE:TCS' }),
      ],
    });
  });

  it('knows a bar only when it has closed, the last of the day at the session’s end', async () => {
    const path = file('INFY_h.csv', BARS, [bar('2016-08-16T14:15', 1), bar('2016-08-16T15:15', 2)]);
    const context = openContext({ settings: settings([path]) });
    const session = await replay.open(context);
    const heardAt: number[] = [];
    const sink = recordingSink(() => heardAt.push(session.playback?.clock.now() ?? 0));
    session.feed.watch(new Set([key('NSE:INFY')]));
    const done = session.feed.run(sink, new AbortController().signal);
    context.clock.advance(0);
    await done;
    expect(heardAt).toEqual([ist('2016-08-16T15:15'), ist('2016-08-16T15:30')]);
    expect(sink.barsSeen.map(({ timeframe }) => timeframe)).toEqual(['1h', '1h']);
    expect(session.playback?.clock.now(), 'a minute more, for those who wait for the close').toBe(
      ist('2016-08-16T15:31'),
    );
  });

  it('tells the timeframe from the step, the smallest one if bars are missing', async () => {
    const daily = file('INFY_d.csv', BARS, [
      bar('2026-11-06T09:15', 1),
      bar('2026-11-08T18:00', 2),
      bar('2026-11-09T09:15', 3),
    ]);
    expect((await played([daily])).barsSeen.map(({ timeframe }) => timeframe)).toEqual(['1d', '1d', '1d']);
    const odd = file('INFY_odd.csv', BARS, [bar('2016-08-16T09:15', 1), bar('2016-08-16T09:22', 2)]);
    await expect(replay.open(openContext({ settings: settings([odd]) }))).rejects.toThrow(
      'bars 420 seconds apart. Only 1s, 5s,',
    );
    const single = file('INFY_one.csv', BARS, [bar('2016-08-16T09:15', 1)]);
    await expect(replay.open(openContext({ settings: settings([single]) }))).rejects.toThrow(
      'INFY_one.csv has one bar',
    );
  });

  it('gives seconds as ticks with the close of the day before, once the file has one', async () => {
    const seconds = ['2022-08-10T15:29:58', '2022-08-10T15:29:59', '2022-08-11T09:15:00', '2022-08-11T09:15:01'];
    const path = file(
      'NIFTY50_s.csv',
      'time,price',
      seconds.map((time, index) => [ist(time) / 1_000, 17_500 + index]),
    );
    const { ticksSeen } = await played([path]);
    expect(ticksSeen.map(({ ltp, previousClose, dayVolume }) => [ltp, previousClose, dayVolume])).toEqual([
      [17_500, undefined, undefined],
      [17_501, undefined, undefined],
      [17_502, 17_501, undefined],
      [17_503, 17_501, undefined],
    ]);
    expect(ticksSeen.map(({ time }) => time)).toEqual(seconds.map(ist));
    expect(ticksSeen.map(({ receivedAt }) => receivedAt)).toEqual(seconds.map(ist));
  });

  it('gives ticks in recorded order with their own times, while the clock never goes back', async () => {
    const base = ist('2025-11-17T12:00');
    const path = file('TCS-FUT_x.csv', 'time_ms,price,last_qty,cum_volume', [
      [base, 10, 1, 100],
      [base + 700, 11, 1, 120],
      [base + 200, 10.5, 1, 110],
      [base + 700, 11, 1, ''],
    ]);
    const { ticksSeen, calls } = await played([path]);
    expect(ticksSeen.map(({ time, receivedAt }) => [time - base, receivedAt - base])).toEqual([
      [0, 0],
      [700, 700],
      [200, 700],
      [700, 700],
    ]);
    expect(ticksSeen.map(({ dayVolume }) => dayVolume)).toEqual([100, 120, 110, undefined]);
    expect(
      calls.map((call) => call.type === 'ticks' && call.ticks.length),
      'one call for each instant',
    ).toEqual([1, 3]);
  });

  it('leaves an index without volume', async () => {
    const path = file('NIFTY50_b.csv', BARS, [bar('2016-08-16T09:15', 8_600), bar('2016-08-16T09:16', 8_601)]);
    expect((await played([path])).barsSeen.map(({ volume }) => volume)).toEqual([undefined, undefined]);
  });

  it('gives the same stream, and the same market minutes between, at every speed', async () => {
    const minutes = Array.from({ length: 120 }, (_, at) => ist('2016-08-16T09:15') + at * 60_000);
    const bars = file(
      'INFY_all.csv',
      BARS,
      minutes.map((time, at) => [time / 1_000, 100 + at, 101 + at, 99 + at, 100 + at, at]),
    );
    const seconds = Array.from({ length: 3_000 }, (_, at) => [
      ist('2016-08-16T10:00') / 1_000 + at * 2,
      8_600 + (at % 7),
    ]);
    const prices = file('NIFTY50_all.csv', 'time,price', seconds);
    const fast = await played([bars, prices]);
    expect(fast.barsSeen).toHaveLength(120);
    expect(fast.ticksSeen).toHaveLength(3_000);
    for (const speed of [1, 60, 1_000]) {
      const paced = await played([bars, prices], speed);
      expect(paced.calls, `at ${speed}×`).toEqual(fast.calls);
      expect(paced.minutes, `at ${speed}×`).toEqual(fast.minutes);
    }
  });

  it('gives only what is watched, keeps quiet before, and goes on where it was stopped', async () => {
    const a = file('AAA.csv', BARS, [
      bar('2016-08-16T09:15', 1),
      bar('2016-08-16T09:16', 2),
      bar('2016-08-16T09:17', 3),
    ]);
    const b = file('BBB.csv', BARS, [
      bar('2016-08-16T09:15', 1),
      bar('2016-08-16T09:16', 2),
      bar('2016-08-16T09:17', 3),
    ]);
    const context = openContext({ settings: settings([a, b]) });
    const { feed } = await replay.open(context);
    feed.watch(new Set([key('NSE:AAA')]));
    const stop = new AbortController();
    const first = recordingSink(() => stop.abort());
    const ran = feed.run(first, stop.signal);
    context.clock.advance(0);
    await ran;
    expect(first.barsSeen.map(({ close }) => close)).toEqual([1]);
    expect(
      first.statuses.map(({ state }) => state),
      'stopped, not finished',
    ).toEqual(['live', 'stopped']);
    const second = recordingSink();
    feed.watch(new Set([key('NSE:BBB')]));
    const ranAgain = feed.run(second, new AbortController().signal);
    context.clock.advance(0);
    await ranAgain;
    expect(second.barsSeen.map(({ instrument, close }) => `${instrument} ${close}`)).toEqual([
      'NSE:BBB 2',
      'NSE:BBB 3',
    ]);
  });
});
