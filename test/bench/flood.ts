import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { byTickscope, byWs, type Connect, parse, startFlood } from './flood-clients.ts';
import type { Reading } from './reading.ts';

const PER_SECOND = 200_000;
const WARM_UP_MS = 1_000;
const WATCH_MS = 3_000;
/** The finest that Node measures; a loop with nothing to do is seen this late. */
const RESOLUTION_MS = 1;

/** How long everything else has to wait while more comes than can be read: what a screen or a timer feels of it. */
export async function measureFlood(): Promise<readonly Reading[]> {
  const ours = await endure(byTickscope);
  const plain = await endure(byWs);
  return [
    { name: 'event loop held up, p99, tickscope', value: ours.p99Ms, unit: 'ms', wanted: 'below that of ws alone' },
    { name: 'the longest, tickscope', value: ours.longestMs, unit: 'ms' },
    { name: 'event loop held up, p99, ws alone', value: plain.p99Ms, unit: 'ms' },
    { name: 'the longest, ws alone', value: plain.longestMs, unit: 'ms' },
    { name: 'of what ws alone reads, tickscope reads', value: (100 * ours.read) / plain.read, unit: '%' },
    { name: 'thrown away, and asked for anew', value: (100 * ours.dropped) / (ours.read + ours.dropped), unit: '%' },
  ];
}

async function endure(connect: Connect) {
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
  return { ...seen, p99Ms: delay.percentile(99) / 1e6, longestMs: delay.max / 1e6 };
}
