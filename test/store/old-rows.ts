import { INFY, minute } from './sample-bars.ts';

export type Row = Readonly<Record<string, string | number | null>>;

const SIGNAL: Row = {
  instrument: INFY,
  timeframe: '5m',
  rule: 'ema-cross',
  bar_time: minute(0),
  side: 'buy',
  price: 1,
  operands: '{"ema(9)":1}',
};

const REVISION: Row = {
  id: 1,
  instrument: INFY,
  timeframe: '1m',
  open_time: minute(0),
  reason: 'history',
  at: minute(9),
  before_open: null,
  before_high: null,
  before_low: null,
  before_close: null,
  before_volume: null,
  after_open: 1,
  after_high: 2,
  after_low: 0.5,
  after_close: 1.5,
  after_volume: null,
};

/** A row for each table, as the version that made the table wrote it, and what it must be today. */
export const OLD_ROWS: readonly (readonly [version: number, table: string, row: Row, added: Row])[] = [
  [
    1,
    'candle',
    {
      instrument: INFY,
      timeframe: '1m',
      open_time: minute(0),
      open: 1_500.05,
      high: 2_000.1,
      low: 1_000.35,
      close: 42,
      volume: null,
      provenance: 2,
    },
    { marks: 0 },
  ],
  [2, 'signal', { ...SIGNAL, stored_at: minute(5) }, { inputs: 'whole' }],
  [
    2,
    'alert',
    { ...SIGNAL, id: 'NSE:INFY 5m cross', raised_at: 7, text: 'crossed', read: 1, late: 0, cleared: 0 },
    { inputs: 'whole' },
  ],
  [
    3,
    'tick',
    {
      id: 1,
      instrument: INFY,
      time: 5,
      received_at: 6,
      ltp: 99.95,
      day_volume: 10,
      previous_close: null,
      day_open: 1,
      day_high: 2,
      day_low: 0.5,
    },
    { direction: null, quantity: null, side: null, bid: null, ask: null },
  ],
  [
    4,
    'instrument',
    {
      key: INFY,
      name: 'Infosys',
      segment: 'nse-cas',
      sector: null,
      tick_size: 0.05,
      price_decimals: 2,
      lot_size: 1,
    },
    {},
  ],
  [4, 'document', { name: 'settings', json: '{"a":1}' }, {}],
  [6, 'covered', { instrument: INFY, close: minute(9), timeframe: '1m', provenance: 2, open: minute(0) }, {}],
  [6, 'revision', REVISION, {}],
  [
    6,
    'auction',
    {
      instrument: INFY,
      date: '2026-11-20',
      kind: 'closing',
      open_time: minute(360),
      open: 1,
      high: 2,
      low: 0.5,
      close: 1.5,
      volume: 9,
    },
    {},
  ],
  [7, 'order_book', { id: 1, instrument: INFY, time: 1, received_at: 2, bids: '[[1,2,null]]', asks: '[]' }, {}],
  [7, 'corporate_action', { instrument: INFY, ex_date: '2026-11-20', kind: 'bonus', factor: 0.5, note: '1:1' }, {}],
];
