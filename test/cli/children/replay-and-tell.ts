/**
 * Replays the files named on the command line into the store named before them, as fast as it goes, and says on
 * stdout what the store holds, each thing only after the store said so. Lines:
 *
 *   opening                the store is about to be opened
 *   open                   it is
 *   bars {"SERIES":TIME}   every bar of the series up to the one that opens at TIME is stored
 *   signal ID true         is stored; true where it was not before
 *   alert ID true          likewise
 *   finished               the recording is at its end, the world is not closed yet
 *   done                   all is closed
 *   trouble SENTENCE       something went wrong
 */
import { writeSync } from 'node:fs';
import { settingsSchema } from '../../../src/contract/settings.ts';
import { signalId } from '../../../src/core/signal.ts';
import { readReplayFile } from '../../../src/main/brokers/replay/index.ts';
import { manifest } from '../../../src/main/brokers/replay/manifest.ts';
import { openReplay } from '../../../src/main/brokers/replay/open-replay.ts';
import type { ReplayFile } from '../../../src/main/brokers/replay/replay-file.ts';
import { Publisher } from '../../../src/main/engine/publisher.ts';
import type { Store } from '../../../src/main/engine/store-port.ts';
import { World } from '../../../src/main/engine/world.ts';
import { openStore } from '../../../src/main/store/open-store.ts';
import { nse } from '../../support/nse.ts';
import { fastClock } from '../../support/real-clock.ts';

// Straight to the pipe: what was said must not depend on what Node still had in hand.
const tell = (line: string): void => void writeSync(1, `${line}\n`);
const trouble = (error: Error): void => tell(`trouble ${error.message}`);

/** Says what the store keeps, once it does. */
function telling(store: Store): Store {
  return {
    ...store,
    saveBars(write) {
      store.saveBars(write);
      const through: Record<string, number> = {};
      for (const { instrument, timeframe, openTime } of write.batches.flatMap(({ candles }) => candles)) {
        const series = `${instrument} ${timeframe}`;
        through[series] = Math.max(through[series] ?? 0, openTime);
      }
      tell(`bars ${JSON.stringify(through)}`);
    },
    addSignal(signal, at, inputs) {
      const isNew = store.addSignal(signal, at, inputs);
      tell(`signal ${signalId(signal)} ${isNew}`);
      return isNew;
    },
    addAlert(alert) {
      const isNew = store.addAlert(alert);
      tell(`alert ${alert.id} ${isNew}`);
      return isNew;
    },
  };
}

const [path = '', ...names] = process.argv.slice(2);
// A quarter of a second between two flushes is ten milliseconds, so that a run of a second has many.
const clock = fastClock(25);
const settings = settingsSchema.parse({
  feed: { source: 'replay', replay: { files: names, speed: 0 } },
  rule: { timeframe: '1m', forming: false },
  alerts: { desktop: false },
});
const files: ReplayFile[] = [];
for (const name of names) files.push(await readReplayFile(name));
tell('opening');
const store = openStore(path, { onSetAside: ({ message }) => tell(`trouble ${message}`) });
tell('open');
const world = new World({
  session: openReplay({ files, speed: 0, clock, instruments: [], calendarOf: nse, logger: { error: trouble } }),
  manifest,
  store: telling(store),
  wall: clock,
  publisher: new Publisher(clock),
  settings: () => settings,
  calendarOf: nse,
  onTrouble: trouble,
});
await world.start();
await world.finished();
tell('finished');
await world.close();
store.close();
tell('done');
