import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Tick } from '../../src/core/tick.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { OutputClosed } from '../../src/main/cli/line-writer.ts';
import { printedLines } from '../../src/main/cli/printed-lines.ts';
import { instrumentsNamed } from '../../src/main/cli/venue-symbols.ts';
import { watchCandles } from '../../src/main/cli/watch-candles.ts';
import { MANIFEST } from '../doctor/made-venue.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY, TCS } from '../support/tape.ts';

describe('symbols', () => {
  const coin = { ...INFY, key: 'KUCOIN:BTC-USDT' as never, segment: '24x7' as const };
  const presets = [{ id: 'p', label: 'P', instruments: [coin] }];
  const keysOf = (text: string, manifest = MANIFEST) =>
    instrumentsNamed(text, manifest, [INFY, TCS]).map(({ key }) => key);

  it('are whole keys, or names that the lists know', () => {
    expect(keysOf('infy, nse:TCS,BSE:SBIN')).toEqual(['NSE:INFY', 'NSE:TCS', 'BSE:SBIN']);
    expect(keysOf('btc-usdt,ETH-USDT,INFY', { ...MANIFEST, presets })).toEqual([
      'KUCOIN:BTC-USDT',
      'KUCOIN:ETH-USDT',
      'NSE:INFY',
    ]);
    expect(keysOf('INFY,NSE:INFY')).toEqual(['NSE:INFY']);
    expect(keysOf('MOEX:e6123145-9665-43e0-8413-cd61b8aa9b13')).toEqual(['MOEX:e6123145-9665-43e0-8413-cd61b8aa9b13']);
  });

  it('may be typed small, but for ids and names that mix', () => {
    expect(keysOf('nse:infy,nse:pnb,pnb', MANIFEST)).toEqual(['NSE:INFY', 'NSE:PNB']);
    expect(keysOf('kucoin:btc-usdt,kucoin:eth-usdt', { ...MANIFEST, presets })).toEqual([
      'KUCOIN:BTC-USDT',
      'KUCOIN:ETH-USDT',
    ]);
    expect(keysOf('MOEX:SiZ6')).toEqual(['MOEX:SiZ6']);
  });

  it('bring what is known of them', () => {
    expect(instrumentsNamed('INFY', MANIFEST, [INFY])).toEqual([INFY]);
    expect(instrumentsNamed('KUCOIN:BTC-USDT', MANIFEST, [])[0]?.segment).toBe('24x7');
  });

  it.each(['', 'A,,B', ':X', 'NSE:', '12:X'])('are not %j', (text) => {
    expect(() => keysOf(text)).toThrow(UsageError);
  });
});

describe('candles of ticks', () => {
  const tick = (time: string, ltp: number, more: Partial<Tick> = {}): Tick => ({
    instrument: INFY.key,
    ltp,
    time: ist(time),
    receivedAt: ist(time),
    ...more,
  });

  it('grow, close, and count volume from day totals or single trades', () => {
    const candles = watchCandles('1m', () => nse());
    expect(
      candles.take([
        tick('2026-11-20 09:20:01', 100, { dayVolume: 50 }),
        tick('2026-11-20 09:20:02', 102, { dayVolume: 60 }),
      ]),
    ).toEqual([
      {
        closed: false,
        candle: {
          instrument: INFY.key,
          timeframe: '1m',
          openTime: ist('2026-11-20 09:20'),
          open: 100,
          high: 102,
          low: 100,
          close: 102,
          volume: 10,
        },
      },
    ]);
    const [closed, next] = candles.take([tick('2026-11-20 09:21:00', 101, { quantity: 7 })]);
    expect(closed).toMatchObject({ closed: true, candle: { close: 102, volume: 10 } });
    expect(next).toMatchObject({ closed: false, candle: { open: 101, volume: 7 } });
  });

  it('close when their time is over, once, and late ticks do not begin them again', () => {
    const candles = watchCandles('1m', () => nse());
    candles.take([tick('2026-11-20 09:20:01', 100)]);
    expect(candles.closeThrough(ist('2026-11-20 09:20:59'))).toEqual([]);
    expect(candles.closeThrough(ist('2026-11-20 09:21:00'))).toMatchObject([{ closed: true }]);
    expect(candles.closeThrough(ist('2026-11-20 09:22:00'))).toEqual([]);
    expect(candles.take([tick('2026-11-20 09:20:30', 105)])).toEqual([]);
  });

  it('are not made outside trading', () => {
    expect(watchCandles('1m', () => nse()).take([tick('2026-11-21 12:00', 100)])).toEqual([]);
  });
});

describe('printed lines', () => {
  it('come in order and whole', async () => {
    let text = '';
    const stream = new Writable({
      write(chunk, _encoding, done) {
        text += chunk;
        setImmediate(done);
      },
    });
    const lines = printedLines(stream, () => undefined);
    for (let count = 0; count < 500; count += 1) lines.print({ count });
    await lines.flush();
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).count),
    ).toEqual([...Array(500).keys()]);
    expect(lines.dropped).toBe(0);
  });

  it('are dropped and counted while the reader is too slow', async () => {
    let release = (): void => undefined;
    const stream = new Writable({
      write(_chunk, _encoding, done) {
        release = done;
      },
    });
    const lines = printedLines(stream, () => undefined);
    for (let count = 0; count < 30_000; count += 1) lines.print({ count });
    expect(lines.dropped).toBeGreaterThan(5_000);
    const flushed = lines.flush();
    while (stream.writableLength > 0) {
      release();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await flushed;
  });

  it('stop when nobody reads them', async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })),
    });
    let closed = 0;
    const lines = printedLines(stream, () => {
      closed += 1;
    });
    lines.print({ a: 1 });
    await expect(lines.flush()).rejects.toBeInstanceOf(OutputClosed);
    lines.print({ a: 2 });
    await expect(lines.flush()).rejects.toBeInstanceOf(OutputClosed);
    expect(closed).toBe(1);
  });
});
