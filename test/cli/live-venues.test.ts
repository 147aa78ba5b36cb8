import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { captureCommand } from '../../src/main/cli/capture.ts';
import { decodeCommand } from '../../src/main/cli/decode.ts';
import { watchCommand } from '../../src/main/cli/watch.ts';
import { startFcsVenue } from '../fakes/fcs-venue.ts';
import { ACCOUNT } from '../fakes/fyers-login.ts';
import { SBIN } from '../fakes/fyers-symbols.ts';
import { startFyersVenue } from '../fakes/fyers-venue.ts';
import { startKucoinVenue } from '../fakes/kucoin-venue.ts';
import { SBER } from '../fakes/tinvest-frames.ts';
import { startTinvestVenue } from '../fakes/tinvest-venue.ts';
import { capturedIo } from '../support/cli-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

interface LiveVenue {
  readonly symbols: string;
  readonly env: Readonly<Record<string, string>>;
  /** What must not be in a file that is given away. */
  secrets(): readonly string[];
  /** A new trade. */
  trade(count: number): unknown;
}

const STARTS: Readonly<Record<string, () => Promise<LiveVenue & { close(): Promise<void> }>>> = {
  async fyers() {
    const venue = await startFyersVenue();
    const { appId, appSecret, clientId, pin, totpSecret, redirectUrl } = ACCOUNT;
    const hsmKey = JSON.parse(Buffer.from(venue.accessToken.split('.')[1] ?? '', 'base64url').toString()).hsm_key;
    return {
      symbols: 'SBIN',
      // No token: it logs in by itself.
      env: {
        TICKSCOPE_FYERS_API_URL: venue.apiUrl,
        TICKSCOPE_FYERS_WS_URL: venue.wsUrl,
        TICKSCOPE_FYERS_APP_ID: appId,
        TICKSCOPE_FYERS_APP_SECRET: appSecret,
        TICKSCOPE_FYERS_CLIENT_ID: clientId,
        TICKSCOPE_FYERS_PIN: pin,
        TICKSCOPE_FYERS_TOTP_SECRET: totpSecret,
        TICKSCOPE_FYERS_REDIRECT_URL: redirectUrl,
      },
      secrets: () => [venue.accessToken, appSecret, clientId, totpSecret, hsmKey],
      trade: (count) => {
        const seconds = Math.floor(Date.now() / 1_000);
        return venue.tick(SBIN, { ltp: 800 + count / 10, v: 1_000 + count, ltt: seconds, fdtm: seconds, ltq: 1 });
      },
      close: () => venue.close(),
    };
  },
  async kucoin() {
    const venue = await startKucoinVenue();
    return {
      symbols: 'BTC-USDT',
      env: { TICKSCOPE_KUCOIN_API_URL: venue.apiUrl },
      secrets: () => venue.tokens,
      trade: (count) => venue.trade('BTC-USDT', { price: String(67_000 + count), size: '0.01' }),
      close: () => venue.close(),
    };
  },
  async fcs() {
    const venue = await startFcsVenue();
    return {
      symbols: 'BINANCE:BTCUSDT',
      env: {
        TICKSCOPE_FCS_API_URL: venue.apiUrl,
        TICKSCOPE_FCS_WS_URL: venue.wsUrl,
        TICKSCOPE_FCS_ACCESS_KEY: venue.accessKey,
      },
      secrets: () => [venue.accessKey],
      trade: (count) => venue.trade('BINANCE:BTCUSDT', 67_000 + count, 1),
      close: () => venue.close(),
    };
  },
  async tinvest() {
    const venue = await startTinvestVenue();
    return {
      symbols: 'SBER',
      env: {
        TICKSCOPE_TINVEST_API_URL: venue.apiUrl,
        TICKSCOPE_TINVEST_WS_URL: venue.wsUrl,
        TICKSCOPE_TINVEST_TOKEN: venue.token,
      },
      secrets: () => [venue.token],
      trade: (count) =>
        venue.trade({ uid: SBER.uid, price: 250 + count / 100, quantity: 1, side: 'buy', time: Date.now() }),
      close: () => venue.close(),
    };
  },
};

/** A venue in which something is traded every 50 ms. */
async function start(id: string) {
  const venue = await STARTS[id]?.();
  if (venue === undefined) throw new Error(`${id} is not known.`);
  let count = 0;
  const timer = setInterval(() => {
    count += 1;
    void venue.trade(count);
  }, 50);
  onTestFinished(async () => {
    clearInterval(timer);
    await venue.close();
  });
  const folder = tempFolder();
  const io = () => capturedIo(folder, { TICKSCOPE_DATA_DIR: join(folder, 'data'), ...venue.env });
  return { venue, io, args: ['--venue', id, '--symbols', venue.symbols, '--seconds', '1.5'] };
}

const records = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe.each(Object.keys(STARTS))('%s on the command line', (id) => {
  it('is watched: its prices, our candles, and where it stands', async () => {
    const { io, args, venue } = await start(id);
    const to = io();
    expect(await watchCommand.run(args, to)).toBe(0);
    const told = records(to.text());
    const kinds = new Set(told.map(({ kind }) => kind));
    expect(kinds).toContain('status');
    expect(kinds.has('tick') || kinds.has('quote')).toBe(true);
    expect(told).toContainEqual(expect.objectContaining({ kind: 'status', state: 'live' }));
    expect(told.at(-1)).toMatchObject({ kind: 'status', state: 'stopped', reason: 'by-user' });
    for (const secret of venue.secrets()) expect(to.text() + to.said()).not.toContain(secret);
  }, 20_000);

  it('is captured without its secrets, and decoded again', async () => {
    const { io, args, venue } = await start(id);
    const to = io();
    expect(await captureCommand.run([...args, '--out', 'capture.json'], to)).toBe(0);
    const file = readFileSync(join(to.cwd, 'capture.json'), 'utf8');
    const { frames } = JSON.parse(file);
    const bytes = frames.map(({ frameBase64 = '' }) => Buffer.from(frameBase64, 'base64').toString('latin1')).join();
    expect(venue.secrets().length).toBeGreaterThan(0);
    for (const secret of venue.secrets()) expect(file + bytes).not.toContain(secret);
    const reading = io();
    expect(await decodeCommand.run([id, 'capture.json'], reading)).toBe(0);
    const read = records(reading.text());
    expect(read.some(({ kind }) => kind === 'trade' || kind === 'quote' || kind === 'candle')).toBe(true);
    expect(read.filter((record) => record['kind'] === 'error' || 'reject' in record)).toEqual([]);
  }, 20_000);
});
