import { describe, expect, it } from 'vitest';
import { createHsmReader } from '../../../src/main/brokers/fyers/hsm-reader.ts';
import { loggedInReader, recordsOf } from './events-of.ts';
import { ANSWERS, bytesOf, DATA, MAPPED } from './worked-examples.ts';

const SBIN = {
  symbol: 'NSE:SBIN-EQ',
  ltp: 606.4,
  vol_traded_today: 3_045_212,
  last_traded_time: 1_690_953_622,
  exch_feed_time: 1_690_953_622,
  bid_size: 2_081,
  ask_size: 903,
  bid_price: 606.4,
  ask_price: 606.45,
  last_traded_qty: 5,
  tot_buy_qty: 749_960,
  tot_sell_qty: 1_092_063,
  avg_trade_price: 608.2,
  low_price: 605.85,
  high_price: 610.5,
  open_price: 609.85,
  prev_close_price: 620.2,
  ch: -13.8,
  chp: -2.23,
  type: 'sf',
};
const NIFTY = {
  symbol: 'NSE:NIFTY50-INDEX',
  ltp: 26_188.1,
  prev_close_price: 26_216.05,
  exch_feed_time: 1_727_428_424,
  high_price: 26_277.35,
  low_price: 26_166.95,
  open_price: 26_248.25,
  ch: -27.95,
  chp: -0.11,
  type: 'if',
};

/** The connection of the examples: each frame builds on those before. */
function connectionUpTo(last: keyof typeof DATA) {
  const reader = loggedInReader();
  for (const [name, hex] of Object.entries(DATA)) {
    const records = recordsOf(reader, bytesOf(hex));
    if (name === last) return records;
  }
  return [];
}
const acknowledge = (message: number) => ({ kind: 'control', broker: 'fyers', type: 'acknowledge', message });

describe('data frames', () => {
  it('bring a snapshot of a scrip, without the values it has not', () => {
    const [record = {}] = connectionUpTo('snapshot');
    expect(record).toMatchObject({ kind: 'quote', price: 606.4, size: 5, time: 1_690_953_622_000, ...SBIN });
    for (const name of ['OI', 'Yhigh', 'Ylow', 'lower_ckt', 'upper_ckt']) expect(record).not.toHaveProperty(name);
  });

  it('bring a snapshot of an index, and want an acknowledgement', () => {
    expect(connectionUpTo('index')).toEqual([
      expect.objectContaining({ kind: 'quote', time: 1_727_428_424_000, ...NIFTY }),
      acknowledge(2),
    ]);
  });

  it('bring an order book', () => {
    expect(connectionUpTo('book')).toMatchObject([
      {
        kind: 'book',
        symbol: 'NSE:SBIN-EQ',
        bids: [
          [606.25, 20, 1],
          [606.2, 902, 3],
          [606.15, 111, 2],
          [606.1, 110, 2],
          [606.05, 979, 9],
        ],
        asks: [
          [606.3, 282, 4],
          [606.35, 568, 2],
          [606.4, 2_910, 12],
          [606.45, 1_676, 9],
          [606.5, 2_981, 17],
        ],
        bid_price1: 606.25,
        ask_order5: 17,
        type: 'dp',
      },
    ]);
  });

  it('bring changes of several topics, the rest stays', () => {
    const time = 1_690_953_625;
    const sbin = {
      ...SBIN,
      ltp: 607,
      vol_traded_today: 3_045_300,
      last_traded_time: time,
      exch_feed_time: time,
      last_traded_qty: 88,
      ch: -13.2,
      chp: -2.13,
    };
    const nifty = { ...NIFTY, ltp: 26_190, exch_feed_time: 1_727_428_425, ch: -26.05, chp: -0.1 };
    expect(connectionUpTo('twoUpdates')).toEqual([
      expect.objectContaining(sbin),
      expect.objectContaining(nifty),
      acknowledge(4),
    ]);
  });

  it('may bring the first values alone', () => {
    expect(connectionUpTo('shortUpdate')).toMatchObject([
      { ltp: 607.05, vol_traded_today: 3_045_301, bid_size: 2_081 },
    ]);
  });

  it('that repeat what is known tell nothing, and count for the acknowledgement', () => {
    expect(connectionUpTo('sameAgain')).toEqual([acknowledge(6)]);
  });

  it('bring last prices alone in lite mode', () => {
    expect(connectionUpTo('lite')).toMatchObject([
      { symbol: 'NSE:SBIN-EQ', ltp: 607.1, ch: -13.1, chp: -2.11, how: 'lite', time: undefined, dayVolume: undefined },
      { symbol: 'NSE:NIFTY50-INDEX', ltp: 26_191, ch: -25.05, chp: -0.1, how: 'lite' },
    ]);
  });

  it('change single places of an order book', () => {
    const [record] = connectionUpTo('bookUpdate');
    expect(record).toMatchObject({ bid_price1: 606.3, bid_size1: 55, bid_price2: 606.2, ask_price1: 606.3 });
  });

  it('divide prices by what the snapshot says', () => {
    expect(connectionUpTo('currency')).toMatchObject([
      {
        symbol: 'NSE:USDINR',
        ltp: 83.2575,
        vol_traded_today: 10,
        bid_price: 83.255,
        ask_price: 83.2575,
        avg_trade_price: 83.256,
        OI: 5,
        low_price: 83.25,
        high_price: 83.26,
        open_price: 83.25,
        prev_close_price: 83.2525,
      },
    ]);
  });

  it('bring several snapshots, of which one may be short', () => {
    expect(connectionUpTo('twoSnapshots')).toMatchObject([
      { symbol: 'NSE:M&M-EQ', ltp: 3_123.45, vol_traded_today: 1 },
      {
        symbol: 'NSE:NIFTYBANK-INDEX',
        ltp: 45_000,
        prev_close_price: 44_900,
        high_price: 45_100,
        low_price: 44_800,
        open_price: 44_950,
        ch: 100,
        chp: 0.22,
      },
      acknowledge(10),
    ]);
  });

  it('lose a topic nobody knows, and nothing else', () => {
    expect(connectionUpTo('unknownTopic')).toMatchObject([
      { kind: 'error', reject: 'unknown-topic' },
      { symbol: 'NSE:SBIN-EQ', ltp: 607.2 },
    ]);
  });
});

describe('a server with an order of values of its own', () => {
  const reader = createHsmReader();
  const tell = (hex: string) => recordsOf(reader, bytesOf(hex));

  it('is read by its mapping, without message numbers where it wants no acknowledgement', () => {
    tell(MAPPED.login);
    expect(tell(MAPPED.snapshot)).toMatchObject([
      { symbol: 'NSE:RELIANCE-EQ', vol_traded_today: 1_000, ltp: 2_940.7, exch_feed_time: 1_718_176_569 },
    ]);
    expect(tell(MAPPED.lite)).toMatchObject([{ vol_traded_today: 1_001, ltp: 2_940.75 }]);
    expect(tell(MAPPED.update)).toMatchObject([{ vol_traded_today: 1_001, ltp: 2_940.8 }]);
    expect(tell(MAPPED.index)).toMatchObject([{ exch_feed_time: 1_718_176_569, ltp: 23_406.85 }]);
  });
});

describe('acknowledgements', () => {
  it('are wanted for each third frame where the server says three, with that frame’s number', () => {
    const reader = createHsmReader();
    recordsOf(reader, bytesOf('000d 01 02 01 0001 4b 02 0004 00000003'));
    const told = [101, 102, 103, 104].flatMap((number) =>
      recordsOf(reader, bytesOf(`0007 06 ${number.toString(16).padStart(8, '0')} 0000`)),
    );
    expect(told).toEqual([acknowledge(103)]);
  });

  it('begin anew with a login', () => {
    const reader = loggedInReader();
    const empty = bytesOf('0007 06 00000001 0000');
    expect(recordsOf(reader, empty)).toEqual([]);
    recordsOf(reader, bytesOf(ANSWERS.loginEverySecond));
    expect(recordsOf(reader, empty)).toEqual([]);
    expect(recordsOf(reader, empty)).toEqual([acknowledge(1)]);
  });
});
