import { settingsSchema } from '../../../src/contract/settings.ts';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import type { Tick } from '../../../src/core/tick.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { simulator } from '../../../src/main/brokers/simulator/index.ts';
import { openContext } from '../open-context.ts';
import { recordingSink } from '../recording-sink.ts';

export const key = (symbol: string): InstrumentKey => `NSE:${symbol}` as InstrumentKey;

/** The simulator, opened on a clock that stands still until a test says otherwise. */
export async function open(changes: Partial<OpenContext> & { readonly speed?: number } = {}) {
  const { speed = 10, ...rest } = changes;
  const context = openContext({ settings: settingsSchema.parse({ feed: { simulator: { speed } } }).feed, ...rest });
  const { playback, quotes, history, ...session } = await simulator.open(context);
  if (playback === undefined || quotes === undefined || history === undefined) throw new Error('It can do all that.');
  return { ...session, playback, quotes, history, wall: context.clock };
}

/** The ticks of some instruments from the start until the market's clock has passed `end`, at a speed. */
export async function ticksUntil(
  end: EpochMs,
  watched: readonly string[],
  speed: number,
  resumeAt: EpochMs,
): Promise<readonly Tick[]> {
  const { feed, playback, wall } = await open({ resumeAt });
  playback.setSpeed(speed);
  const stop = new AbortController();
  const seen: Tick[] = [];
  const sink = recordingSink(() => {
    for (const call of sink.calls.splice(0)) if (call.type === 'ticks') seen.push(...call.ticks);
    if (playback.clock.now() >= end) stop.abort();
  });
  feed.watch(new Set(watched.map(key)));
  const ran = feed.run(sink, stop.signal);
  for (let step = 0; step < 200_000 && !stop.signal.aborted; step += 1) wall.advance(50);
  await ran;
  return seen.filter(({ time }) => time < end);
}
