import { describe, expect, it } from 'vitest';
import type { Signal } from '../../src/core/signal.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { writeBars } from '../support/market-csv.ts';
import { nse } from '../support/nse.ts';
import { inOrder, readAll, replayWorld, signalsOfHistory, universeFiles } from '../support/replay.ts';
import { barsOf, INFY, stock, TCS, tapeOf } from '../support/tape.ts';
import { tempFolderForAll } from '../support/temp-folder.ts';
import { settle } from '../support/world.ts';

const folder = tempFolderForAll();

const calendar = nse();
const instruments = [INFY, TCS, stock('SBIN')];
// The last day before the closing auction, and the first with it.
const tape = tapeOf(instruments, ['2026-07-30', '2026-07-31', '2026-08-03', '2026-08-04'], calendar);
const paths = instruments.map(({ key }) =>
  writeBars(folder, `${key.slice(4)}_generated.csv`, barsOf(tape, key, '1m', calendar)),
);

async function replayAtSpeed(speed: number, files: readonly string[] = paths): Promise<readonly Signal[]> {
  const clock = new FakeClock();
  const { world, signals } = replayWorld(await readAll(files), speed, clock, '5m');
  await world.start();
  let isOver = false;
  void world.finished().then(() => {
    isOver = true;
  });
  for (let step = 0; step < 200_000 && !isOver; step += 1) {
    clock.advance(speed === 0 ? 10 : 2_500);
    await settle();
  }
  expect(isOver, 'the recording comes to its end').toBe(true);
  await world.close();
  return inOrder(signals);
}

describe('a generated recording of four days', () => {
  it('holds the signals it always held', async () => {
    const found = (await replayAtSpeed(0)).map(
      ({ instrument, side, barTime }) =>
        `${instrument.slice(4)} ${side} ${new Date(barTime + 19_800_000).toISOString().slice(5, 16)}`,
    );
    expect(found).toMatchSnapshot();
  });

  it.each([60, 1_000])('gives the same signals at %i times', async (speed) => {
    expect(await replayAtSpeed(speed)).toEqual(await replayAtSpeed(0));
  });

  it('gives what the same bars give without an engine', async () => {
    expect(await replayAtSpeed(0)).toEqual(inOrder(signalsOfHistory(await readAll(paths), '5m')));
  });
});

const universe = universeFiles();
describe.skipIf(universe.length === 0)('the fifty recorded stocks (skipped where ../shared is absent)', () => {
  it('give the same signals at every speed, live as in history', { timeout: 120_000 }, async () => {
    const history = inOrder(signalsOfHistory(await readAll(universe), '5m'));
    expect(history.length).toBe(2_854);
    expect(await replayAtSpeed(1_000, universe)).toEqual(history);
    expect(await replayAtSpeed(0, universe)).toEqual(history);
  });
});
