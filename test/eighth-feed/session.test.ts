import { describe, expect, it, onTestFinished } from 'vitest';
import { DAY_MS, type EpochMs, type InstrumentKey, MINUTE_MS } from '../../src/core/brand.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { QuietLogger } from '../support/quiet-logger.ts';
import { startFakePigeon } from './fake-pigeon.ts';
import { contextAt } from './open-context.ts';
import { bareInstrument } from './pigeon/instruments.ts';
import { pigeonLogin } from './pigeon/login.ts';
import { openPigeon } from './pigeon/session.ts';

const NOW = Date.parse('2026-10-30T10:00:30+05:30');
const CORN = 'PIGEON:CORN' as InstrumentKey;
const never = new AbortController().signal;

async function exchangeAt(now = NOW) {
  const clock = new FakeClock(now);
  const exchange = await startFakePigeon(() => clock.now());
  onTestFinished(() => exchange.close());
  return { clock, exchange };
}

describe('a session at the Pigeon Exchange', () => {
  it.each([
    ['no token', '', 'needs a login'],
    ['what is no token', 'pgn', 'has no such token'],
    ['a token that has ended', `pgn.${NOW / 1_000 - 1}.abc`, 'ended the login'],
    ['a token nobody knows', `pgn.${NOW / 1_000 + 60}.abc`, 'refused the login'],
  ])('does not begin with %s', async (_case, token, words) => {
    const { clock, exchange } = await exchangeAt();
    await expect(openPigeon(contextAt(exchange, { clock, credentials: { token } }))).rejects.toMatchObject({
      code: 'auth-expired',
      message: expect.stringContaining(words),
    });
  });

  it.each([
    ['html', 'network', 'a web page (HTTP 200)'],
    [429, 'rate-limited', 'too many requests'],
    [500, 'network', 'HTTP 500'],
  ] as const)('does not begin when the exchange answers %s', async (api, code, words) => {
    const { clock, exchange } = await exchangeAt();
    exchange.faults.api = api;
    const opening = openPigeon(contextAt(exchange, { clock }));
    await expect(opening).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('has what the exchange lists, as it says, and leaves out the rest with a warning', async () => {
    const { clock, exchange } = await exchangeAt();
    const logger = new QuietLogger();
    const instruments = ['OATS', 'DODO'].map(bareInstrument);
    const session = await openPigeon(contextAt(exchange, { clock, instruments, logger }));
    expect(session.instruments).toMatchObject([
      { name: 'Oats, rolled', tickSize: 0.005, priceDecimals: 3, lotSize: 1 },
    ]);
    expect(logger.lines.join()).toContain('PIGEON:DODO');
  });

  it('takes over a fresh token, and keeps the old one when that is refused', async () => {
    const { clock, exchange } = await exchangeAt();
    const session = await openPigeon(contextAt(exchange, { clock }));
    const until = session.loginUntil?.();
    await expect(session.renew?.({ token: `pgn.${NOW}.dead` })).rejects.toMatchObject({ code: 'auth-expired' });
    expect(session.loginUntil?.()).toBe(until);
    clock.advance(MINUTE_MS);
    await session.renew?.({ token: exchange.issue() });
    expect(session.loginUntil?.()).toBe((until ?? 0) + MINUTE_MS);
  });

  it('tells closed bars only, in order, five hundred a request', async () => {
    const { clock, exchange } = await exchangeAt();
    const minute = Math.floor(NOW / MINUTE_MS) * MINUTE_MS;
    const begin = minute - 700 * MINUTE_MS;
    const rows = Array.from({ length: 701 }, (_none, at) => [begin + at * MINUTE_MS, 100, 102, 99, 101, at] as const);
    exchange.setBars('CORN', '1m', [...rows, [minute - MINUTE_MS, 1, 2, 3, 4, 5]]);
    const { history } = await openPigeon(contextAt(exchange, { clock }));
    const request = { instrument: CORN, from: begin as EpochMs, to: (NOW + DAY_MS) as EpochMs } as const;
    const bars = (await history?.candles({ ...request, timeframe: '1m' }, never)) ?? [];
    expect(bars.map(({ volume }) => volume)).toEqual(rows.slice(0, 700).map(([, , , , , volume]) => volume));
    expect(exchange.requests.filter((path) => path === 'bars')).toHaveLength(2);
    clock.advance(MINUTE_MS);
    expect(await history?.candles({ ...request, timeframe: '1m' }, never)).toHaveLength(701);
    await expect(history?.candles({ ...request, timeframe: '1d' }, never)).rejects.toMatchObject({
      code: 'not-supported',
    });
  });

  it('quotes what is known and asked, once each', async () => {
    const { clock, exchange } = await exchangeAt();
    const { quotes } = await openPigeon(contextAt(exchange, { clock }));
    const ticks = await quotes?.quotes([CORN, CORN, 'PIGEON:DODO' as InstrumentKey], never);
    expect(ticks).toEqual([
      {
        ...{ instrument: CORN, ltp: 201.5, dayVolume: 1_000, dayOpen: 200.5, dayHigh: 203.5, dayLow: 199.5 },
        ...{ time: NOW, receivedAt: NOW },
      },
    ]);
  });
});

describe('a login at the Pigeon Exchange', () => {
  it('brings a token that says when it ends', async () => {
    const { clock, exchange } = await exchangeAt();
    const context = { clock, credentials: exchange.account, endpoints: { api: exchange.apiUrl }, options: {} };
    const fields = (await pigeonLogin.unattended?.(context, never)) ?? {};
    expect(pigeonLogin.until?.(fields, undefined)).toBe(Math.floor(NOW / 1_000) * 1_000 + DAY_MS);
  });

  it.each([
    [{ user: 'P-4711' }, 'invalid-input', 'needs user and PIN'],
    [{ user: 'P-4711', pin: 'wrong-pin' }, 'auth-expired', 'refused user or PIN'],
  ])('with %j is refused, without the PIN in the sentence', async (credentials, code, words) => {
    const { clock, exchange } = await exchangeAt();
    const asked = pigeonLogin.unattended?.(
      { clock, credentials, endpoints: { api: exchange.apiUrl }, options: {} },
      never,
    );
    await expect(asked).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    await expect(asked).rejects.not.toThrow('wrong-pin');
  });
});
