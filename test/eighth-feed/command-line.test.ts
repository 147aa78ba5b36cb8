import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BROKERS } from '../../src/main/brokers/registry.ts';
import { captureCommandOf } from '../../src/main/cli/capture.ts';
import { decodeCommandOf } from '../../src/main/cli/decode.ts';
import { doctorCommandOf } from '../../src/main/cli/doctor.ts';
import { watchCommandOf } from '../../src/main/cli/watch.ts';
import { goodProbes } from '../doctor/made-venue.ts';
import { capturedIo } from '../support/cli-io.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { startFakePigeon } from './fake-pigeon.ts';
import { pigeon } from './pigeon/index.ts';

const WITH_PIGEON = [...BROKERS, pigeon];

/** The exchange, trading without a pause, and a terminal of somebody with an account there. */
async function terminal() {
  const exchange = await startFakePigeon();
  let step = 0;
  const market = setInterval(() => {
    step += 1;
    for (const symbol of ['CORN', 'OATS', 'PEAS']) exchange.trade(symbol, 100 + (step % 50), 2, 'sell');
  }, 20);
  onTestFinished(() => {
    clearInterval(market);
    return exchange.close();
  });
  const folder = tempFolder();
  const io = capturedIo(folder, {
    TICKSCOPE_DATA_DIR: join(folder, 'data'),
    TICKSCOPE_PIGEON_API_URL: exchange.apiUrl,
    TICKSCOPE_PIGEON_WS_URL: exchange.wsUrl,
    TICKSCOPE_PIGEON_USER: exchange.account.user,
    TICKSCOPE_PIGEON_PIN: exchange.account.pin,
  });
  const records = (): readonly Record<string, unknown>[] =>
    io
      .text()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line)); // One object a line, as its help says.
  return { exchange, io, folder, records };
}

describe('the command line at a venue it has never heard of', () => {
  it('watches it, by names of its own lists', async () => {
    const { io, records, exchange } = await terminal();
    const args = ['--venue', 'pigeon', '--symbols', 'corn,PIGEON:PEAS,DODO', '--timeframe', '1s', '--seconds', '2.5'];
    expect(await watchCommandOf(WITH_PIGEON).run(args, io)).toBe(0);
    const of = (kind: string) => records().filter((record) => record['kind'] === kind);
    expect(of('status').map(({ state }) => state)).toEqual(['connecting', 'live', 'stopped']);
    expect(new Set(of('tick').map(({ symbol }) => symbol))).toEqual(new Set(['PIGEON:CORN', 'PIGEON:PEAS']));
    expect(of('tick')[0]).toMatchObject({ size: 2, side: 'sell' });
    expect(of('candle')).toContainEqual(expect.objectContaining({ source: 'ticks', closed: true }));
    expect(io.said()).toContain('Pigeon Exchange does not have PIGEON:DODO.');
    expect(io.text() + io.said()).not.toMatch(/secret1|crumbs-9/);
    expect(exchange.lines()).toBe(0);
  }, 20_000);

  it('captures what goes over its wire without the secrets, and decodes that', async () => {
    const { io, records, folder } = await terminal();
    const args = ['--venue', 'pigeon', '--symbols', 'CORN', '--seconds', '1', '--out', 'coo.json'];
    expect(await captureCommandOf(WITH_PIGEON).run(args, io)).toBe(0);
    expect(readFileSync(join(folder, 'coo.json'), 'utf8')).not.toMatch(/secret1|crumbs-9/);
    expect(await decodeCommandOf(WITH_PIGEON).run(['pigeon', 'coo.json'], io)).toBe(0);
    expect(records()).toContainEqual({ kind: 'control', type: 'hello', direction: 'out' });
    expect(records()).toContainEqual(expect.objectContaining({ kind: 'trade', symbol: 'CORN', size: 2 }));
    expect(records()).toContainEqual(
      expect.objectContaining({ kind: 'control', path: expect.stringContaining('symbols') }),
    );
  }, 20_000);

  it('decodes frames that somebody wrote down', async () => {
    const { io, records, folder } = await terminal();
    writeFileSync(
      join(folder, 'frames'),
      '{"t":"welcome"}\n{"t":"trade","s":"OATS","p":98.505,"q":3,"ts":1792988430000}\n{"t":',
    );
    expect(await decodeCommandOf(WITH_PIGEON).run(['pigeon', 'frames'], io)).toBe(0);
    expect(records()).toEqual([
      { kind: 'control', type: 'welcome' },
      { kind: 'trade', symbol: 'OATS', price: 98.505, size: 3, time: 1_792_988_430_000 },
      { kind: 'error', reject: 'unreadable-text', detail: '5 characters' },
    ]);
  });

  it('examines it', async () => {
    const { serverTime, freeBytes } = goodProbes(new FakeClock(Date.now()));
    const doctor = doctorCommandOf(WITH_PIGEON, { probes: { serverTime, freeBytes } });
    const { io, exchange } = await terminal();
    expect(await doctor.run(['--venue', 'pigeon', '--json'], io)).toBe(1);
    expect(io.text()).toContain('Enter user and PIN in Settings');

    const token = { TICKSCOPE_PIGEON_TOKEN: exchange.issue() };
    const again = capturedIo(io.cwd, { ...io.env, ...token });
    expect(await doctor.run(['--venue', 'pigeon'], again)).toBe(0);
    expect(again.text()).toMatch(/^Pigeon Exchange, examined/);
    expect(again.text()).toContain('Nothing is wrong.');
    expect(exchange.lines()).toBe(0);
  }, 60_000);

  it.each([
    ['watch', watchCommandOf(WITH_PIGEON)],
    ['capture', captureCommandOf(WITH_PIGEON)],
    ['doctor', doctorCommandOf(WITH_PIGEON)],
    ['decode', decodeCommandOf(WITH_PIGEON)],
  ])('names it in the help of %s', (_name, command) => {
    expect(command.help).toContain('pigeon');
    if (command.help.includes('--symbols')) expect(command.help).toContain('PIGEON:CORN');
  });
});
