import { resolve } from 'node:path';
import type { Calendar } from '../../core/calendar.ts';
import type { Segment } from '../../core/instrument.ts';
import { EMA_CROSS } from '../../core/scanner/ema-cross.ts';
import type { Signal } from '../../core/signal.ts';
import { isTimeframe, TIMEFRAMES, type Timeframe } from '../../core/timeframe.ts';
import type { World } from '../engine/world.ts';
import { findResources } from '../platform/find-resources.ts';
import { loadUniverse } from '../platform/load-universe.ts';
import { systemClock } from '../platform/system-clock.ts';
import { type CliCommand, type CliIo, readArgs, UsageError } from './cli-command.ts';
import { coarseSentence, type FileChoice, fileOption, readRecordings } from './file-options.ts';
import { openKnownCalendars } from './known-market.ts';
import { writeLine } from './line-writer.ts';
import { playFiles } from './play-files.ts';
import { dataFolder, openForWriting } from './store-options.ts';

const USAGE = 'replay FILE... [--timeframe 5m] [--rule ema-cross] [--symbol NAME] [--speed N] [--db FILE]';

const HELP = `${USAGE}

Runs the scanner over recorded files and prints each confirmed signal as one JSON object a line:
  instrument, timeframe, rule, side, barTime (epoch ms), price, values

FILE is a CSV of bars, seconds or ticks, plain or .gz; see docs/replay-and-simulator.md. Several files
run together in time order. A file's symbol is its name up to the first "_" or ".".

  --timeframe TF   bars the rule judges: ${TIMEFRAMES.join(' ')} (default 5m)
  --rule RULE      ema-cross: EMA 9 crosses EMA 21 with RSI 14 beyond 50 (the default)
  --symbol NAME    the symbol, for a single file
  --speed N        market seconds a second; 0, the default, is as fast as it goes
  --db FILE        keep bars, signals and alerts in this store. Run again with the same store, the same
                   signals are printed and none is stored twice.

Days off and special hours in calendar.json count: in the folder of the store, or else in the data folder.
A summary (bars, ticks a second, peak memory) goes to stderr.`;

/** The store of a replay that keeps nothing. */
const IN_MEMORY = ':memory:';

export const replayCommand: CliCommand = {
  name: 'replay',
  usage: USAGE,
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArgs(USAGE, {
      args: [...args],
      allowPositionals: true,
      options: {
        timeframe: { type: 'string', default: '5m' },
        rule: { type: 'string', default: EMA_CROSS },
        symbol: { type: 'string' },
        speed: { type: 'string', default: '0' },
        db: { type: 'string', default: IN_MEMORY },
      },
    });
    if (positionals.length === 0) throw new UsageError(`Name at least one file to replay. Usage: ${USAGE}`);
    const speed = Number(values.speed);
    if (values.speed.trim() === '' || !(speed >= 0 && speed <= 1_000))
      throw new UsageError(`--speed takes a number from 0 (as fast as it goes) to 1000, not "${values.speed}".`);
    if (values.db === '') throw new UsageError('--db takes the name of a file to keep bars and signals in.');
    if (values.rule !== EMA_CROSS)
      throw new UsageError(`There is no rule named "${values.rule}". Known: ${EMA_CROSS}.`);
    return replayFiles(io, {
      files: fileOption(positionals, values.symbol, io),
      timeframe: timeframeOf(values.timeframe),
      speed,
      db: values.db === IN_MEMORY ? values.db : resolve(io.cwd, values.db),
    });
  },
};

interface ReplayRequest {
  readonly files: FileChoice;
  readonly timeframe: Timeframe;
  readonly speed: number;
  readonly db: string;
}

async function replayFiles(io: CliIo, { files, timeframe, speed, db }: ReplayRequest): Promise<number> {
  const resources = findResources(import.meta.dirname);
  const calendars = openKnownCalendars(dataFolder({ db: db === IN_MEMORY ? undefined : db }, io), io);
  const calendarOf = (segment: Segment): Calendar => calendars.calendarOf(segment);
  const { recordings, tooCoarse } = await readRecordings(files, timeframe);
  const instruments = loadUniverse(resources);
  const store = openForWriting(db, io);
  let printed = Promise.resolve();
  let count = 0;
  const onSignal = (signal: Signal): void => {
    count += 1;
    printed = printed.then(() => writeLine(io.out, JSON.stringify(signal)));
    // The last line's promise is awaited below; a reader that left is told of there.
    printed.catch(() => undefined);
  };
  const began = systemClock.now();
  let world: World;
  try {
    world = await playFiles({
      recordings: [...recordings, ...tooCoarse],
      timeframe,
      speed,
      store,
      instruments,
      calendarOf,
      onSignal,
    });
    await printed;
  } finally {
    store.close();
  }
  for (const { name } of tooCoarse) await writeLine(io.talk, coarseSentence(name, timeframe));
  await writeLine(io.talk, summary(world, count, systemClock.now() - began));
  return 0;
}

function summary({ stats }: World, signals: number, elapsedMs: number): string {
  const { bars, ticks, outside, late } = stats.totals;
  const seconds = elapsedMs / 1_000;
  // maxRSS is in KiB on every platform Node runs on.
  const peakMb = process.resourceUsage().maxRSS / 1_024;
  return [
    `${signals} signals from ${bars} bars and ${ticks} ticks in ${seconds.toFixed(2)} s`,
    `${Math.round((bars + ticks) / Math.max(seconds, 0.001))} bars and ticks a second`,
    `${outside} outside trading hours, ${late} too late for their bar`,
    `peak memory ${Math.round(peakMb)} MB`,
  ].join(' · ');
}

function timeframeOf(text: string): Timeframe {
  if (isTimeframe(text)) return text;
  throw new UsageError(`There is no timeframe "${text}". Known: ${TIMEFRAMES.join(' ')}.`);
}
