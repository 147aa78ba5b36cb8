import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { MinuteTicks } from '../../../src/main/brokers/fcs/minute-ticks.ts';
import { readMessage } from '../../../src/main/brokers/fcs/read-message.ts';
import type { CandleMessage } from '../../../src/main/brokers/fcs/running-candles.ts';
import { EURUSD_ROLL, pricesFrame } from './frames.ts';
import { key } from './open-context.ts';

const EURUSD = key('FX:EURUSD');
/** Start of the first minute of the worked example, in seconds. */
const T = 1_766_412_000;
const at = (seconds: number): EpochMs => (seconds * 1_000) as EpochMs;

function messageOf(prices: object): CandleMessage {
  const message = readMessage(pricesFrame(EURUSD, '1', prices));
  if (message.kind !== 'initial' && message.kind !== 'candle' && message.kind !== 'askbid')
    throw new Error(`no price: ${JSON.stringify(message)}`);
  return message;
}
const bar = (t: number, [o, h, l, c]: readonly [number, number, number, number], v?: number, mode = 'candle') =>
  messageOf({ mode, t, o, h, l, c, ...(v !== undefined && { v }) });
const askbid = (t: number, update: number, c: number) =>
  messageOf({ mode: 'askbid', update, c, a: c + 1, b: c - 1, t });

const told = ({ ticks }: ReturnType<MinuteTicks['take']>) =>
  ticks.map(({ ltp, quantity, time }) => [ltp, quantity, (time - at(T)) / 1_000]);

describe('ticks of a minute’s candle', () => {
  it('come from the worked example as its prices came', () => {
    const minute = new MinuteTicks(EURUSD);
    const [first, second, third] = EURUSD_ROLL.map((text) => readMessage(text) as CandleMessage);
    if (first === undefined || second === undefined || third === undefined) throw new Error('three frames');
    expect(told(minute.take(first, at(T + 20)))).toEqual([
      [1.17451, undefined, 20],
      [1.17449, undefined, 20],
      [1.17463, undefined, 20],
      [1.1746, 118, 20],
    ]);
    // The last price moved beside the ask and bid: its time is the venue's own.
    const moved = minute.take(second, at(T + 50));
    expect(told(moved)).toEqual([[1.17468, undefined, 44]]);
    expect(moved.ticks).toMatchObject([{ bid: 1.17467, ask: 1.1747 }]);
    expect(told(minute.take(third, at(T + 61)))).toEqual([
      [1.17468, undefined, 61],
      [1.17466, 2, 61],
    ]);
  });

  it('touch a price once, and tell what the volume grew by', () => {
    const minute = new MinuteTicks(EURUSD);
    minute.take(bar(T, [10, 10, 10, 10], 5), at(T + 1));
    expect(told(minute.take(bar(T, [10, 12, 9, 11], 9), at(T + 2)))).toEqual([
      [9, undefined, 2],
      [12, undefined, 2],
      [11, 4, 2],
    ]);
    expect(told(minute.take(bar(T, [10, 12, 8, 9], 9), at(T + 3)))).toEqual([
      [8, undefined, 3],
      [9, 0, 3],
    ]);
    expect(told(minute.take(bar(T, [10, 12, 8, 9], 10), at(T + 4)))).toEqual([[9, 1, 4]]);
  });

  it('do not come of a candle that did not move: its ask and bid are shown', () => {
    const minute = new MinuteTicks(EURUSD);
    minute.take(bar(T, [10, 12, 9, 11], 5), at(T + 1));
    const same = minute.take(
      messageOf({ mode: 'candle', t: T, o: 10, h: 12, l: 9, c: 11, v: 5, a: 11.2, b: 10.9 }),
      at(T + 2),
    );
    expect(same).toMatchObject({ ticks: [], quotes: [{ ltp: 11, bid: 10.9, ask: 11.2, time: at(T + 2) }] });
    expect(minute.take(askbid(T, T + 3, 11), at(T + 3))).toMatchObject({ ticks: [], quotes: [{ ltp: 11, bid: 10 }] });
  });

  it('stay within their minute, whatever our clock says, and in order', () => {
    const minute = new MinuteTicks(EURUSD);
    expect(told(minute.take(bar(T, [10, 10, 10, 10], 1), at(T - 300)))).toEqual([[10, 1, 0]]);
    expect(told(minute.take(bar(T, [10, 11, 10, 11], 2), at(T + 30)))).toEqual([[11, 1, 30]]);
    // Our clock was set back, and the venue's stamp is older than what we told.
    expect(told(minute.take(bar(T, [10, 12, 10, 12], 3), at(T + 10)))).toEqual([[12, 1, 30]]);
    expect(told(minute.take(askbid(T, T + 5, 13), at(T + 31)))).toEqual([[13, undefined, 30]]);
    // The last word on a minute comes when the next has begun.
    minute.take(bar(T + 60, [13, 13, 13, 13], 1), at(T + 61));
    expect(told(minute.take(bar(T, [10, 14, 10, 14], 5), at(T + 62)))).toEqual([[14, 2, 59.999]]);
  });

  it('have no quantity where the candle has no volume', () => {
    const minute = new MinuteTicks(EURUSD);
    expect(told(minute.take(bar(T, [10, 10, 10, 10]), at(T + 1)))).toEqual([[10, undefined, 1]]);
  });
});

describe('the picture after joining', () => {
  it('tells of a running minute without a volume, which the next candle brings whole', () => {
    const minute = new MinuteTicks(EURUSD);
    expect(told(minute.take(bar(T, [10, 12, 9, 11], 0.2, 'initial'), at(T + 30)))).toEqual([
      [10, undefined, 30],
      [9, undefined, 30],
      [12, undefined, 30],
      [11, undefined, 30],
    ]);
    expect(told(minute.take(bar(T, [10, 12, 9, 11], 40), at(T + 31)))).toEqual([[11, 40, 31]]);
  });

  it('of an old minute is to look at only, as in a closed market; the next minute is live', () => {
    const minute = new MinuteTicks(EURUSD);
    const old = minute.take(bar(T, [10, 12, 9, 11], 1, 'initial'), at(T + 3_600));
    expect(old).toMatchObject({ ticks: [], quotes: [{ ltp: 11, time: at(T) + 59_999 }] });
    expect(minute.take(bar(T, [10, 12, 9, 11], 40), at(T + 3_601)).ticks).toEqual([]);
    // Our clock may be an hour ahead: that a later minute came shows that the venue's runs.
    expect(told(minute.take(bar(T + 60, [11, 11, 11, 11], 2), at(T + 3_660)))).toEqual([[11, 2, 119.999]]);
  });

  it('of a minute that is known tells what was missed, and counts nothing twice', () => {
    const minute = new MinuteTicks(EURUSD);
    minute.take(bar(T, [10, 10, 10, 10], 5), at(T + 1));
    minute.joined();
    expect(told(minute.take(bar(T, [10, 11, 10, 10], 0.1, 'initial'), at(T + 20)))).toEqual([
      [11, undefined, 20],
      [10, undefined, 20],
    ]);
    expect(told(minute.take(bar(T, [10, 11, 10, 10], 7), at(T + 21)))).toEqual([[10, 2, 21]]);
  });
});

describe('candles that cannot be', () => {
  const known = (): MinuteTicks => {
    const minute = new MinuteTicks(EURUSD);
    minute.take(bar(T, [10, 12, 9, 11], 5), at(T + 1));
    return minute;
  };

  it.each([
    ['open moved', bar(T, [10.5, 12, 9, 11], 5)],
    ['high fell', bar(T, [10, 11.5, 9, 11], 5)],
    ['low rose', bar(T, [10, 12, 9.5, 11], 5)],
    ['volume fell', bar(T, [10, 12, 9, 11], 4)],
  ])('are counted where they deny themselves: %s', (what, message) => {
    expect(known().take(message, at(T + 2))).toMatchObject({
      ticks: [],
      reject: { reject: 'contradiction', detail: `FX:EURUSD: ${what}` },
    });
  });

  it('go on from the most that was told, when the volume comes back', () => {
    const minute = known();
    minute.take(bar(T, [10, 12, 9, 11], 4), at(T + 2));
    expect(told(minute.take(bar(T, [10, 12, 9, 11], 6), at(T + 3)))).toEqual([[11, 1, 3]]);
  });

  it.each([
    ['no minute', 'bad-time', bar(T + 7, [10, 12, 9, 11], 5)],
    ['days ahead', 'bad-time', bar(T + 86_460, [10, 12, 9, 11], 5)],
    ['a minute long past', 'late-candle', bar(T - 60, [10, 12, 9, 11], 5)],
  ])('are refused: %s', (_what, reject, message) => {
    expect(known().take(message, at(T + 2))).toMatchObject({ ticks: [], quotes: [], reject: { reject } });
  });

  it('are told late where their minute was quiet until then', () => {
    const minute = known();
    minute.take(bar(T + 180, [11, 11, 11, 11], 1), at(T + 181));
    expect(told(minute.take(bar(T + 60, [11, 13, 11, 12], 3), at(T + 182)))).toEqual([
      [11, undefined, 119.999],
      [13, undefined, 119.999],
      [12, 3, 119.999],
    ]);
  });

  it('give an ask and bid of another minute no candle to move', () => {
    const minute = known();
    expect(minute.take(askbid(T + 60, T + 61, 20), at(T + 61))).toMatchObject({ ticks: [], quotes: [{ ltp: 20 }] });
    expect(new MinuteTicks(EURUSD).take(askbid(T, T + 1, 20), at(T + 1))).toMatchObject({ ticks: [] });
    const unpriced = messageOf({ mode: 'askbid', update: T, a: 2, b: 1, t: T });
    expect(new MinuteTicks(EURUSD).take(unpriced, at(T + 1))).toEqual({ ticks: [], quotes: [] });
  });
});
