import { existsSync, readdirSync } from 'node:fs';
import { candlesOf } from '../../src/core/candle-columns.ts';
import { resampleColumns } from '../../src/core/resample.ts';
import type { Rule } from '../../src/core/rule.ts';
import type { Signal } from '../../src/core/signal.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { readReplayFile } from '../../src/main/brokers/replay/index.ts';
import { openReplay } from '../../src/main/brokers/replay/open-replay.ts';
import type { ReplayFile } from '../../src/main/brokers/replay/replay-file.ts';
import { instrumentOf, keyOfSymbol } from '../../src/main/brokers/replay/replay-file.ts';
import type { Clock } from '../../src/main/engine/ports.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { defaultSignals } from './default-lane.ts';
import { nse } from './nse.ts';
import { openWorld } from './world.ts';

const UNIVERSE = '../shared/market-data/universe-1m';

/** The fifty recorded stocks, or nothing where they are absent. */
export function universeFiles(): readonly string[] {
  return existsSync(UNIVERSE) ? readdirSync(UNIVERSE).map((name) => `${UNIVERSE}/${name}`) : [];
}

export async function readAll(paths: readonly string[]): Promise<readonly ReplayFile[]> {
  const files: ReplayFile[] = [];
  for (const path of paths) files.push(await readReplayFile(path));
  return files;
}

/** A world that replays the files; it is the caller's to start, and to move the clock. */
export function replayWorld(
  files: readonly ReplayFile[],
  speed: number,
  clock: Clock,
  timeframe: Timeframe,
  store?: Store,
  rules?: readonly Rule[],
) {
  const logger = {
    error(error: Error): void {
      throw error;
    },
  };
  const session = openReplay({ files, speed, clock, instruments: [], calendarOf: nse, logger });
  return openWorld(session, clock, { rule: { timeframe } }, store, rules && { rules: () => rules });
}

/** What the rule finds when the files' bars are made and judged without an engine. */
export function signalsOfHistory(files: readonly ReplayFile[], timeframe: Timeframe): readonly Signal[] {
  return files.flatMap(({ symbol, file }) => {
    if (file.kind !== 'bars') throw new Error('bars only');
    const instrument = instrumentOf(keyOfSymbol(symbol), []);
    const calendar = nse(instrument.segment);
    const bars = candlesOf(resampleColumns(file.columns, timeframe, calendar), instrument.key, timeframe);
    return defaultSignals(bars, instrument, timeframe, calendar);
  });
}

/** In the order of time, then of name: the order in which equal times are found is nobody's promise. */
export function inOrder(signals: readonly Signal[]): readonly Signal[] {
  return [...signals].sort((a, b) => a.barTime - b.barTime || a.instrument.localeCompare(b.instrument));
}
