import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kite } from '../../src/main/brokers/kite/index.ts';
import { simulator } from '../../src/main/brokers/simulator/index.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { watchCommandOf } from '../../src/main/cli/watch.ts';
import { INFY } from '../fakes/kite-instruments.ts';
import { startKiteVenue } from '../fakes/kite-venue.ts';
import { capturedIo } from '../support/cli-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

const command = watchCommandOf([simulator, kite]);

async function watch(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const folder = tempFolder();
  const io = capturedIo(folder, { TICKSCOPE_DATA_DIR: join(folder, 'data'), ...env });
  const status = await command.run(args, io);
  const lines = io
    .text()
    .split('\n')
    .filter((line) => line !== '');
  const records: Record<string, unknown>[] = lines.map((line) => JSON.parse(line));
  return {
    status,
    records,
    said: io.said(),
    of: (kind: string) => records.filter((record) => record['kind'] === kind),
  };
}

describe('watch', () => {
  it('prints the simulated market for a while and ends by itself', async () => {
    const { status, of, records } = await watch([
      '--venue',
      'simulator',
      '--symbols',
      'reliance,NSE:INFY',
      '--timeframe',
      '5s',
      '--seconds',
      '1.5',
    ]);
    expect(status).toBe(0);
    expect(records[0]).toMatchObject({ kind: 'status', venue: 'simulator', state: 'live' });
    expect(records.at(-1)).toMatchObject({ kind: 'status', state: 'stopped', reason: 'by-user' });
    expect(of('tick').length).toBeGreaterThan(0);
    expect(new Set(of('tick').map(({ symbol }) => symbol))).toEqual(new Set(['NSE:RELIANCE', 'NSE:INFY']));
    for (const tick of of('tick')) expect(tick).toMatchObject({ price: expect.any(Number), time: expect.any(Number) });
    const candles = of('candle');
    expect(candles).toContainEqual(expect.objectContaining({ source: 'ticks', timeframe: '5s', closed: true }));
    expect(candles).toContainEqual(expect.objectContaining({ source: 'ticks', closed: false }));
  });

  it('prints ticks, depth and status of a venue over real sockets', async () => {
    const venue = await startKiteVenue({ heartbeatMs: 50 });
    onTestFinished(() => venue.close());
    const env = {
      TICKSCOPE_KITE_API_KEY: venue.apiKey,
      TICKSCOPE_KITE_ACCESS_TOKEN: venue.accessToken,
      TICKSCOPE_KITE_API_URL: venue.apiUrl,
      TICKSCOPE_KITE_WS_URL: venue.wsUrl,
    };
    const buy = [{ price: 1_499.95, quantity: 10, orders: 2 }];
    const sell = [{ price: 1_500.05, quantity: 7, orders: 1 }];
    await venue.tick({ token: INFY.token, ltp: 1_500, dayVolume: 10, exchangeTime: Date.now(), buy, sell });
    venue.startMarket(100);
    const { status, of, said, records } = await watch(
      ['--venue', 'kite', '--symbols', 'INFY,NOPE', '--seconds', '1.5'],
      env,
    );
    expect(status).toBe(0);
    expect(of('status').map(({ state }) => state)).toEqual(['connecting', 'live', 'stopped']);
    expect([...of('tick'), ...of('quote')].length).toBeGreaterThan(0);
    expect(of('depth')[0]).toMatchObject({ symbol: 'NSE:INFY', bids: buy, asks: sell });
    expect(said).toContain('Zerodha Kite does not have NSE:NOPE.');
    expect(JSON.stringify(records) + said).not.toContain(venue.accessToken);
    expect(venue.ticker.clients.size).toBe(0);
  }, 20_000);

  it('says what is missing of a venue that cannot be opened', async () => {
    await expect(watch(['--venue', 'kite', '--symbols', 'INFY', '--seconds', '1'])).rejects.toMatchObject({
      name: 'AppError',
      message: expect.stringMatching(/API key/i),
    });
  });

  it.each([
    ['no venue', ['--symbols', 'INFY'], 'Say which venue with --venue: simulator, kite.'],
    ['a venue nobody knows', ['--venue', 'x', '--symbols', 'INFY'], 'There is no venue "x". Known: simulator, kite.'],
    ['no symbols', ['--venue', 'simulator'], 'Say what to watch with --symbols.'],
    ['an empty symbol', ['--venue', 'simulator', '--symbols', 'INFY,,TCS'], 'none of them empty'],
    ['a symbol that is none', ['--venue', 'simulator', '--symbols', 'NSE:'], '"NSE:" names no instrument'],
    [
      'a timeframe nobody knows',
      ['--venue', 'simulator', '--symbols', 'INFY', '--timeframe', '7m'],
      'There is no timeframe "7m". Known: 1s',
    ],
    ['no number of seconds', ['--venue', 'simulator', '--symbols', 'INFY', '--seconds', 'soon'], 'not "soon"'],
    ['no time at all', ['--venue', 'simulator', '--symbols', 'INFY', '--seconds', '0'], 'not "0"'],
    ['a stray word', ['simulator'], 'Usage: watch'],
  ])('calls %s wrong usage', async (_case, args, sentence) => {
    const failed = watch(args);
    await expect(failed).rejects.toBeInstanceOf(UsageError);
    await expect(failed).rejects.toThrow(sentence);
  });
});
