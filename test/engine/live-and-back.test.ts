import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/core/rule.ts';
import type { Signal } from '../../src/core/signal.ts';
import { runJob } from '../../src/main/backtest/job.ts';
import { backtestReport } from '../../src/main/backtest/report.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { writeBars } from '../support/market-csv.ts';
import { nse, nseData } from '../support/nse.ts';
import { readAll, replayWorld, universeFiles } from '../support/replay.ts';
import { barsOf, INFY, stock, TCS, tapeOf } from '../support/tape.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { SHORT_RULES, VARIED_RULES } from '../support/varied-rules.ts';
import { settle } from '../support/world.ts';

const calendar = nse();

/** Plays recordings through the whole engine, as a live day comes; what it told, a line each, and the store that is left. */
async function live(files: readonly string[], rules: readonly Rule[]) {
  const clock = new FakeClock();
  const store = openStore(':memory:');
  const { world, signals } = replayWorld(await readAll(files), 0, clock, '5m', store, rules);
  await world.start();
  let isOver = false;
  void world.finished().then(() => {
    isOver = true;
  });
  for (let step = 0; step < 200_000 && !isOver; step += 1) {
    clock.advance(10);
    await settle();
  }
  const { instruments, time } = world.market();
  await world.close();
  return { rules, lines: linesOf(signals), store, instruments, now: time };
}

/** What the rules would have alerted over all that is stored, a line each. */
function back({ rules, store, instruments, now }: Awaited<ReturnType<typeof live>>): readonly string[] {
  const calendars = { 'nse-cas': nseData, 'nse-cash': nseData, 'nse-fno': nseData };
  const job = { instruments, sessions: 60, now, grades: false, calendars, actions: [] };
  return linesOf(
    rules.flatMap((rule) => backtestReport([...runJob({ ...job, rule }, store)]).signals.map(({ signal }) => signal)),
  );
}

/** Recorded ticks of a share, as they are: repeated, late, and with volumes that run backwards. */
function tickFiles(name: string): readonly string[] {
  const folder = '../shared/market-data/ticks';
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.startsWith(name))
    .map((file) => `${folder}/${file}`);
}

function linesOf(signals: readonly Signal[]): readonly string[] {
  return signals.map((signal) => JSON.stringify(signal)).sort();
}

/** The rules that found something: a comparison of nothing with nothing would prove nothing. */
function firing({ rules, lines }: Awaited<ReturnType<typeof live>>): readonly string[] {
  return rules.map(({ id }) => id).filter((id) => lines.some((line) => line.includes(`"rule":"${id}"`)));
}

describe('live and back', () => {
  it('alert the same, to the byte, over generated days', async () => {
    const folder = tempFolder();
    const instruments = [INFY, TCS, stock('SBIN')];
    const dates = ['2026-07-28', '2026-07-29', '2026-07-30', '2026-07-31', '2026-08-03', '2026-08-04'];
    const tape = tapeOf(instruments, dates, calendar);
    const files = instruments.map(({ key }) =>
      writeBars(folder, `${key.slice(4)}_generated.csv`, barsOf(tape, key, '1m', calendar)),
    );
    const played = await live(files, VARIED_RULES);
    expect(firing(played)).toEqual(VARIED_RULES.map(({ id }) => id));
    expect(back(played)).toEqual(played.lines);
  });

  const universe = universeFiles();
  it.skipIf(universe.length === 0)(
    'alert the same, to the byte, over fifty recorded stocks (skipped where ../shared is absent)',
    { timeout: 240_000 },
    async () => {
      const played = await live(universe, VARIED_RULES);
      expect(firing(played)).toEqual(VARIED_RULES.map(({ id }) => id));
      expect(back(played)).toEqual(played.lines);
    },
  );

  const dirty = ['RELIANCE', 'TCS'].flatMap((name) => tickFiles(name));
  it.skipIf(dirty.length === 0)('alert the same over dirty ticks (skipped where ../shared is absent)', async () => {
    const played = await live(dirty, SHORT_RULES);
    expect(firing(played)).toEqual(SHORT_RULES.map(({ id }) => id));
    expect(back(played)).toEqual(played.lines);
  });
});
