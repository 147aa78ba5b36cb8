import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { byTickscope, byWs, type Connect, parse, startFlood } from './flood-clients.ts';
import type { Reading } from './reading.ts';
import { median } from './report.ts';

const PER_SECOND = 200_000;
const PASSES = 5;
const WARM_UP_MS = 500;
const WATCH_MS = 1_000;
/** The finest that Node measures; a loop with nothing to do is seen this late. */
const RESOLUTION_MS = 1;

/** How long everything else has to wait while more comes than can be read: what a screen or a timer feels of it. */
export async function measureFlood(): Promise<readonly Reading[]> {
  const [ours, plain]: [Endured[], Endured[]] = [[], []];
  // By turns, so that whatever else the machine does meets both.
  for (let pass = 0; pass < PASSES; pass += 1) {
    ours.push(await endure(byTickscope));
    plain.push(await endure(byWs));
  }
  const middle = (runs: readonly Endured[], pick: (run: Endured) => number): number =>
    median(runs.map((run) => pick(run)));
  const share = 100 * (middle(ours, ({ read }) => read) / middle(plain, ({ read }) => read));
  const lost = 100 * middle(ours, ({ read, dropped }) => dropped / (read + dropped));
  return [
    { name: 'event loop held up, p99, tickscope', value: middle(ours, ({ p99Ms }) => p99Ms), unit: 'ms' },
    { name: 'event loop held up, p99, ws alone', value: middle(plain, ({ p99Ms }) => p99Ms), unit: 'ms' },
    { name: 'of what ws alone reads, tickscope reads', value: share, unit: '%' },
    { name: 'thrown away, and asked for anew', value: lost, unit: '%', wanted: '0 where there is time to read all' },
  ];
}

interface Endured {
  readonly read: number;
  readonly dropped: number;
  readonly p99Ms: number;
}

async function endure(connect: Connect): Promise<Endured> {
  const flood = await startFlood();
  let read = 0;
  const client = await connect(flood.port, (message) => {
    if (parse(message) !== undefined) read += 1;
  });
  client.say(`pour ${PER_SECOND}`);
  await pause(WARM_UP_MS);
  const [readBefore, droppedBefore] = [read, client.dropped];
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await pause(WATCH_MS);
  delay.disable();
  const seen = { read: read - readBefore, dropped: client.dropped - droppedBefore };
  client.say('enough');
  await client.close();
  flood.close();
  return { ...seen, p99Ms: delay.percentile(99) / 1e6 };
}
