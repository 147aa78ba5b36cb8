import type { TopicKind } from './wire.ts';

/** What a value counts: scaled prices are divided, the others are taken as they are. */
export type FieldUnit = 'price' | 'quantity' | 'time';

/** One value of a record. */
export interface Field {
  /** As the official clients call it. */
  readonly name: string;
  readonly unit: FieldUnit;
  /** What the server's mapping calls it. */
  readonly short: string;
  readonly fid: string;
}

const DIGITS = [1, 2, 3, 4, 5] as const;

/**
 * The values of each kind of topic, in their order on the wire. The server may send an order of its own, which
 * goes before this one. Source: the static lists of FyersDev's Python and Go clients.
 */
export const STATIC_FIELDS: Readonly<Record<TopicKind, readonly Field[]>> = {
  sf: [
    field('ltp', 'price', 'ltp', 's105'),
    field('vol_traded_today', 'quantity', 'v', 's104'),
    field('last_traded_time', 'time', 'ltt', 's103'),
    field('exch_feed_time', 'time', 'fdtm', 's102'),
    field('bid_size', 'quantity', 'bq', 's111'),
    field('ask_size', 'quantity', 'bs', 's112'),
    field('bid_price', 'price', 'bp', 's109'),
    field('ask_price', 'price', 'sp', 's110'),
    field('last_traded_qty', 'quantity', 'ltq', 's106'),
    field('tot_buy_qty', 'quantity', 'tbq', 's107'),
    field('tot_sell_qty', 'quantity', 'tsq', 's108'),
    field('avg_trade_price', 'price', 'ap', 's113'),
    field('OI', 'quantity', 'oi', 's122'),
    field('low_price', 'price', 'lo', 's114'),
    field('high_price', 'price', 'h', 's115'),
    field('Yhigh', 'price', 'yh', 's118'),
    field('Ylow', 'price', 'yl', 's119'),
    field('lower_ckt', 'price', 'lcl', 's116'),
    field('upper_ckt', 'price', 'ucl', 's117'),
    field('open_price', 'price', 'op', 's120'),
    field('prev_close_price', 'price', 'c', 's121'),
  ],
  if: [
    field('ltp', 'price', 'iv', 'i102'),
    field('prev_close_price', 'price', 'ic', 'i103'),
    field('exch_feed_time', 'time', 'tvalue', 'i104'),
    field('high_price', 'price', 'highPrice', 'i105'),
    field('low_price', 'price', 'lowPrice', 'i106'),
    field('open_price', 'price', 'openingPrice', 'i107'),
  ],
  dp: [
    ...levels('bid_price', 'price', 'bp', 102, ''),
    ...levels('ask_price', 'price', 'sp', 107, ''),
    ...levels('bid_size', 'quantity', 'bq', 112, ''),
    ...levels('ask_size', 'quantity', 'bs', 117, ''),
    ...levels('bid_order', 'quantity', 'bno', 122, '1'),
    ...levels('ask_order', 'quantity', 'sno', 127, '1'),
  ],
};

function field(name: string, unit: FieldUnit, short: string, fid: string): Field {
  return { name, unit, short, fid };
}

/** The five levels of one column of the book: the mapping calls them `bp`, `bp1`, … `bp4`, but `bno1` … `bno5`. */
function levels(name: string, unit: FieldUnit, short: string, firstFid: number, firstNumber: '' | '1'): Field[] {
  return DIGITS.map((digit, place) => {
    const suffix = firstNumber === '1' ? String(digit) : place === 0 ? '' : String(place);
    return field(`${name}${digit}`, unit, `${short}${suffix}`, `d${firstFid + place}`);
  });
}
