import { settingsSchema } from '../../contract/settings.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { AppError } from '../../core/errors.ts';
import type { Instrument, Segment } from '../../core/instrument.ts';
import type { Rule } from '../../core/rule.ts';
import type { Signal } from '../../core/signal.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import { manifest } from '../brokers/replay/manifest.ts';
import { openReplay } from '../brokers/replay/open-replay.ts';
import type { ReplayFile } from '../brokers/replay/replay-file.ts';
import { Publisher } from '../engine/publisher.ts';
import type { Store } from '../engine/store-port.ts';
import { World } from '../engine/world.ts';
import { systemClock } from '../platform/system-clock.ts';

export interface PlayRequest {
  readonly recordings: readonly ReplayFile[];
  /** Of the default rule. */
  readonly timeframe: Timeframe;
  /** Market seconds a second; 0 is as fast as it goes. */
  readonly speed: number;
  /** Where bars, signals and alerts go. It stays the caller's to close. */
  readonly store: Store;
  readonly instruments: readonly Instrument[];
  /** In place of the default rule. */
  readonly rules?: readonly Rule[];
  calendarOf(segment: Segment): Calendar;
  onSignal(signal: Signal): void;
}

/** Plays recorded files through a whole world, as live prices would go. Throws the first trouble there was. */
export async function playFiles(request: PlayRequest): Promise<World> {
  const { recordings, timeframe, speed, store, instruments, rules, calendarOf, onSignal } = request;
  const files = recordings.map(({ name }) => name);
  const settings = settingsSchema.parse({
    feed: { source: 'replay', replay: { files, speed } },
    rule: { timeframe, forming: false },
    alerts: { desktop: false },
  });
  const troubles: AppError[] = [];
  const logger = { error: (error: AppError) => troubles.push(error) };
  const world = new World({
    session: openReplay({ files: recordings, speed, clock: systemClock, calendarOf, instruments, logger }),
    manifest,
    store,
    wall: systemClock,
    publisher: new Publisher(systemClock),
    settings: () => settings,
    ...(rules && { rules: () => rules }),
    calendarOf,
    onTrouble: (error) => troubles.push(error),
    onSignal,
  });
  await world.start();
  await world.finished();
  await world.close();
  const [trouble] = troubles;
  if (trouble !== undefined) throw trouble;
  return world;
}
