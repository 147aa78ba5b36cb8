import { strict as assert } from 'node:assert';
import { KiteTicker } from 'kiteconnect';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { decodePacket, type KitePacket } from '../../src/main/brokers/kite/decode-packet.ts';
import { readFrame } from '../../src/main/brokers/kite/read-frame.ts';
import { splitFrame } from '../../src/main/brokers/kite/split-frame.ts';
import { createTradeFilter } from '../../src/main/brokers/kite/trade-filter.ts';
import { message, type StockMode, tokenOf } from './kite-frames.ts';
import type { Entry, Job, Part } from './part.ts';

type Message = Uint8Array<ArrayBuffer>;

/** Messages follow each other, so that every packet brings a new trade. */
const MOMENTS = 8;
const RECEIVED_AT = Date.parse('2026-11-20T09:20:00+05:30') as EpochMs;
const INSTRUMENTS: ReadonlyMap<number, InstrumentKey> = new Map(
  Array.from({ length: 3_000 }, (_, index) => [tokenOf(index), `NSE:SHARE${index}` as InstrumentKey]),
);

/** What the feed does with a message: ticks, with repeated trades left out. */
function ticks(): (bytes: Message) => unknown {
  const isNewTrade = createTradeFilter();
  return (bytes) => readFrame(bytes, INSTRUMENTS, RECEIVED_AT, isNewTrade).ticks;
}

/** Every field of every packet, depth included, as the peer gives them. */
function packets(bytes: Message): readonly KitePacket[] {
  const found: KitePacket[] = [];
  splitFrame(new DataView(bytes.buffer), (offset, length) => {
    const packet = decodePacket(new DataView(bytes.buffer, offset, length));
    if (packet !== undefined) found.push(packet);
  });
  return found;
}

/** The parser of the official client; it takes an ArrayBuffer and needs no connection. */
function official(): (bytes: Message) => readonly OfficialTick[] {
  const ticker = new KiteTicker({ api_key: 'bench', access_token: 'bench' });
  // The method is public and missing from the package's types; `checkAgreement` compares all that it returns.
  const parser = ticker as unknown as { parseBinary(bytes: ArrayBuffer): readonly OfficialTick[] };
  return (bytes) => parser.parseBinary(bytes.buffer);
}

/** The names of the official client. */
interface OfficialTick {
  readonly instrument_token: number;
  readonly mode: string;
  readonly tradable: boolean;
  readonly last_price: number;
  readonly last_traded_quantity?: number;
  readonly average_traded_price?: number;
  readonly volume_traded?: number;
  readonly total_buy_quantity?: number;
  readonly total_sell_quantity?: number;
  readonly ohlc?: { readonly open: number; readonly high: number; readonly low: number; readonly close: number };
  readonly last_trade_time?: Date;
  readonly exchange_timestamp?: Date;
  readonly oi?: number;
  readonly oi_day_high?: number;
  readonly oi_day_low?: number;
  readonly depth?: KitePacket['depth'];
}

function inOurNames(tick: OfficialTick): Record<keyof KitePacket, unknown> {
  return {
    token: tick.instrument_token,
    mode: tick.mode,
    tradable: tick.tradable,
    ltp: tick.last_price,
    lastQuantity: tick.last_traded_quantity,
    averagePrice: tick.average_traded_price,
    dayVolume: tick.volume_traded,
    buyQuantity: tick.total_buy_quantity,
    sellQuantity: tick.total_sell_quantity,
    open: tick.ohlc?.open,
    high: tick.ohlc?.high,
    low: tick.ohlc?.low,
    close: tick.ohlc?.close,
    lastTradeTime: tick.last_trade_time?.getTime(),
    oi: tick.oi,
    oiDayHigh: tick.oi_day_high,
    oiDayLow: tick.oi_day_low,
    exchangeTime: tick.exchange_timestamp?.getTime(),
    depth: tick.depth,
  };
}

function checkAgreement(): void {
  const [parse, isNewTrade] = [official(), createTradeFilter()];
  for (const mode of ['ltp', 'quote', 'full'] as const) {
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      const bytes = message(mode, 50, moment);
      const theirs = parse(bytes).map(inOurNames);
      assert.equal(theirs.length, 50);
      assert.deepEqual(
        packets(bytes).map((packet) => ({ ...EMPTY, ...packet })),
        theirs,
      );
      const { ticks: found, rejects } = readFrame(bytes, INSTRUMENTS, RECEIVED_AT, isNewTrade);
      assert.deepEqual(rejects, []);
      assert.deepEqual(
        found.map(({ ltp, dayVolume, previousClose, time }) => [ltp, dayVolume, previousClose, time]),
        theirs.map((tick) => [tick.ltp, tick.dayVolume, tick.close, tick.exchangeTime ?? RECEIVED_AT]),
      );
    }
  }
}

/** All fields by name, so that an absent one compares as undefined. */
const EMPTY = inOurNames({ instrument_token: 0, mode: '', tradable: false, last_price: 0 });

function parsing(name: string, mode: StockMode, count: number, start: () => (bytes: Message) => unknown): Entry {
  const prepare: Entry['prepare'] = () => {
    const messages = Array.from({ length: MOMENTS }, (_, moment) => message(mode, count, moment));
    const parse = start();
    return {
      operations: MOMENTS * count,
      run() {
        let last: unknown;
        for (const bytes of messages) last = parse(bytes);
        return last;
      },
    };
  };
  return { name, prepare };
}

function job(mode: StockMode, count: number, reference: string): Job {
  return {
    title: `a message of ${count} packets in ${mode} mode`,
    unit: 'packets',
    entries: [
      parsing('tickscope, ticks for the engine', mode, count, ticks),
      parsing('tickscope, every field as objects', mode, count, () => packets),
      parsing('kiteconnect 5.3.0', mode, count, official),
    ],
    reference,
  };
}

export const kite: Part = {
  name: 'kite',
  check: checkAgreement,
  jobs: [
    job('ltp', 50, 'kiteconnect 752k, the same objects by DataView 169M (223x)'),
    job('ltp', 3_000, 'kiteconnect 660k, the same objects by DataView 227M (342x)'),
    job('quote', 50, 'kiteconnect 232k, the same objects by DataView 62M (267x)'),
    job('quote', 3_000, 'kiteconnect 168k, the same objects by DataView 64M (386x)'),
    job('full', 50, 'kiteconnect 58k, the same objects by DataView 8.6M (147x)'),
    job('full', 3_000, 'kiteconnect 41k, the same objects by DataView 8.7M (213x)'),
  ],
};
