import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { tinvest } from '../../../src/main/brokers/tinvest/index.ts';
import { MOSCOW_SHARES, moscowShare } from '../../../src/main/brokers/tinvest/presets.ts';
import { FAKE_INSTRUMENTS, GAZP, instrumentsFor, LKOH, SBER } from '../../fakes/tinvest-frames.ts';
import { startTinvestVenue, type TinvestVenue } from '../../fakes/tinvest-venue.ts';
import { fastClock } from '../../support/real-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { contextFor, key } from './open-context.ts';
import { MARKET_HOURS } from './running-feed.ts';

let venue: TinvestVenue;
beforeEach(async () => {
  venue = await startTinvestVenue();
  return () => venue.close();
});

const context = (changes: Partial<OpenContext> = {}) =>
  contextFor(venue, FAKE_INSTRUMENTS, { clock: fastClock(10, MARKET_HOURS), ...changes });
const asked = (method: string): number => venue.calls.filter((call) => call.method.endsWith(method)).length;

describe('opening T-Invest', () => {
  it('takes price step, decimals, lot and name from the venue', async () => {
    const session = await tinvest.open(
      context({ instruments: [moscowShare('SBER', 'Sberbank'), moscowShare('LKOH')] }),
    );
    expect(session.instruments).toEqual([
      { ...moscowShare('SBER', 'Sberbank'), tickSize: 0.01, priceDecimals: 2, lotSize: 10 },
      { ...moscowShare('LKOH', 'ЛУКОЙЛ'), tickSize: 0.5, priceDecimals: 2, lotSize: 1 },
    ]);
    expect(session.loginUntil?.()).toBeUndefined();
  });

  it('finds instruments by FIGI, uid, and ticker with its board, and says which they are', async () => {
    const opened = context({
      instruments: [SBER.figi, GAZP.uid, 'LKOH_TQBR'].map((symbol) => moscowShare(symbol)),
    });
    const session = await tinvest.open(opened);
    expect(session.instruments.map(({ key: each, name, lotSize }) => [each, name, lotSize])).toEqual([
      [`MOEX:${SBER.figi}`, 'Сбер Банк (SBER)', 10],
      [`MOEX:${GAZP.uid}`, 'Газпром (GAZP)', 10],
      ['MOEX:LKOH_TQBR', 'ЛУКОЙЛ', 1],
    ]);
    expect(opened.logger.lines.join()).toContain(`The FIGI ${SBER.figi} is SBER.`);
  });

  it('searches the other boards, and prefers the main one', async () => {
    const etf = {
      ...SBER,
      uid: '00000000-0000-4000-8000-00000000000a',
      ticker: 'FUND',
      classCode: 'TQTF',
      step: 0.001,
    };
    const other = await startTinvestVenue({
      instruments: [{ ...etf, uid: `${etf.uid.slice(0, -1)}b`, classCode: 'X' }, etf],
    });
    onTestFinished(() => other.close());
    const session = await tinvest.open(contextFor(other, [etf]));
    expect(session.instruments).toMatchObject([{ key: 'MOEX:FUND', tickSize: 0.001, priceDecimals: 3 }]);
  });

  it('leaves out what the venue does not have, other exchanges, and second names', async () => {
    const opened = context({
      instruments: [
        ...[moscowShare('SBER'), moscowShare(SBER.figi), moscowShare('NOSUCH')],
        { ...moscowShare('INFY'), key: 'NSE:INFY' as never },
      ],
    });
    const session = await tinvest.open(opened);
    expect(session.instruments.map(({ key: each }) => each)).toEqual([key('SBER')]);
    expect(opened.logger.lines.join()).toContain('MOEX:NOSUCH, NSE:INFY');
    expect(opened.logger.lines.join()).toContain('second name');
    await expect(tinvest.open(context({ instruments: [moscowShare('NOSUCH')] }))).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('asks for all shares at once where the list is long', async () => {
    const listed = instrumentsFor(Array.from({ length: 60 }, (_none, index) => `S${index}`));
    const other = await startTinvestVenue({ instruments: listed });
    onTestFinished(() => other.close());
    const session = await tinvest.open(contextFor(other, listed));
    expect(session.instruments).toHaveLength(60);
    expect(other.calls.map(({ method }) => method)).toEqual([
      'InstrumentsService/Shares',
      'MarketDataService/GetLastPrices',
    ]);
  });

  it('asks once a day, and opens on what it knows while the venue is down', async () => {
    const cacheDir = tempFolder();
    await tinvest.open(context({ cacheDir }));
    expect(asked('GetInstrumentBy')).toBe(3);
    await tinvest.open(context({ cacheDir }));
    expect(asked('GetInstrumentBy'), 'from the cache').toBe(3);
    venue.faults.api = 503;
    const later = context({ cacheDir, clock: fastClock(50, MARKET_HOURS + 3 * 86_400_000) });
    const session = await tinvest.open(later);
    expect(session.instruments).toHaveLength(3);
    expect(later.logger.lines.join()).toContain('on another day');
  });

  it('finds out a dead token, also when everything else is known', async () => {
    const cacheDir = tempFolder();
    await tinvest.open(context({ cacheDir }));
    venue.expireToken();
    await expect(tinvest.open(context({ cacheDir }))).rejects.toMatchObject({ code: 'auth-expired' });
  });

  it.each([
    ['no token', {}, 'auth-expired'],
    ['an empty one', { token: ' ' }, 'auth-expired'],
    ['one with a line break in it', { token: 't.abc\ndef' }, 'invalid-input'],
    ['a wrong one', { token: 't.wrong' }, 'auth-expired'],
  ])('with %s', async (_case, credentials, code) => {
    await expect(tinvest.open(context({ credentials }))).rejects.toMatchObject({ code });
  });

  it.each([
    ['a web page', 'html'],
    ['rubbish', 'rubbish'],
    ['503', 503],
    ['a redirect', 'redirect'],
    ['no rights', 403],
  ] as const)('when the venue answers %s, in a sentence without the token', async (_case, fault) => {
    venue.faults.api = fault;
    const failed = tinvest.open(context({ clock: fastClock(50, MARKET_HOURS) }));
    await expect(failed).rejects.toMatchObject({
      code: fault === 403 ? 'forbidden' : 'network',
      message: expect.stringMatching(/T-Invest .*\.$/),
    });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining(venue.token) });
  });

  it('refuses addresses and options that are none, without quoting them', async () => {
    const wrong = tinvest.open(context({ endpoints: { ws: 'https://user:password@host' } }));
    await expect(wrong).rejects.toThrow(/^TICKSCOPE_TINVEST_WS_URL must begin with wss:/);
    await expect(tinvest.open(context({ options: { bookDepth: '15' } }))).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('the manifest of T-Invest', () => {
  it('names a dozen shares, in keys and segment of the Moscow Exchange', () => {
    expect(MOSCOW_SHARES).toHaveLength(12);
    expect(new Set(MOSCOW_SHARES.map(({ key: each }) => each)).size).toBe(12);
    for (const { key: each, segment } of MOSCOW_SHARES) {
      expect(each).toMatch(/^MOEX:[A-Z]+$/);
      expect(segment).toBe('moex');
    }
  });

  it('opens with every option as it is at first', async () => {
    const options = Object.fromEntries((tinvest.manifest.options ?? []).map(({ name, initial }) => [name, initial]));
    expect((await tinvest.open(context({ options }))).instruments).toHaveLength(3);
    expect(LKOH.ticker).toBe('LKOH');
  });
});
