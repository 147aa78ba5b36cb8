import { z } from 'zod';
import type { EpochMs } from '../../../core/brand.ts';
import { type Instrument, symbolOf } from '../../../core/instrument.ts';
import { isRecord } from '../../../core/is-record.ts';
import { member, textMember } from './member.ts';
import { decimalsOf, readPrice } from './quotation.ts';
import { readTime } from './timestamp.ts';

/** What the venue's reference data says of an instrument. As it is kept in the cache, too. */
export const instrumentRow = z.object({
  uid: z.string().min(1),
  figi: z.string(),
  ticker: z.string().min(1),
  classCode: z.string(),
  name: z.string(),
  /** Instruments in a lot: volumes count lots. */
  lot: z.number().int().positive(),
  /** Smallest price step; absent where the venue tells none. */
  step: z.number().positive().optional(),
  currency: z.string(),
  /** Where its history begins, epoch ms. */
  firstMinute: z.number().optional(),
  firstDay: z.number().optional(),
});
export type InstrumentRow = z.infer<typeof instrumentRow>;

/** Reads an instrument of `GetInstrumentBy`, `FindInstrument` or `Shares`. Undefined when it has no identity. */
export function readInstrumentRow(value: unknown): InstrumentRow | undefined {
  if (!isRecord(value)) return undefined;
  const lot = member(value, 'lot');
  const row = {
    uid: textMember(value, 'uid'),
    figi: textMember(value, 'figi'),
    ticker: textMember(value, 'ticker'),
    classCode: textMember(value, 'classCode'),
    name: textMember(value, 'name').slice(0, 100),
    lot: typeof lot === 'number' && lot > 0 ? lot : 1,
    step: readPrice(member(value, 'minPriceIncrement')),
    currency: textMember(value, 'currency'),
    firstMinute: readTime(member(value, 'first1minCandleDate')),
    firstDay: readTime(member(value, 'first1dayCandleDate')),
  };
  const checked = instrumentRow.safeParse(row);
  return checked.success ? checked.data : undefined;
}

/** One of our instruments as the venue knows it. */
export interface TinvestInstrument {
  readonly instrument: Instrument;
  readonly uid: string;
  readonly figi: string;
  /** Oldest minute and day the venue has candles of. */
  readonly firstMinute: EpochMs | undefined;
  readonly firstDay: EpochMs | undefined;
}

/** What somebody wrote after `MOEX:`. */
export type SymbolKind = 'figi' | 'uid' | 'ticker';

const FIGI = /^(?:BBG|TCS)[0-9A-Z]{9}$/;
const UID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function kindOfSymbol(symbol: string): SymbolKind {
  if (UID.test(symbol)) return 'uid';
  return FIGI.test(symbol) ? 'figi' : 'ticker';
}

/**
 * The instrument with what the venue says of it: price step, lot, and a name where ours is no more than its symbol. One that
 * was named by FIGI or uid is told by its ticker too.
 */
export function knownAs(instrument: Instrument, row: InstrumentRow): TinvestInstrument {
  const symbol = symbolOf(instrument.key);
  const isTicker = kindOfSymbol(symbol) === 'ticker';
  const venueName = row.name === '' ? row.ticker : row.name;
  const name = isTicker ? (instrument.name === symbol ? venueName : instrument.name) : `${venueName} (${row.ticker})`;
  const sizes = row.step === undefined ? {} : { tickSize: row.step, priceDecimals: Math.max(2, decimalsOf(row.step)) };
  return {
    instrument: { ...instrument, ...sizes, name, segment: 'moex', lotSize: row.lot },
    uid: row.uid,
    figi: row.figi,
    // Read from the cache as plain numbers, written there as times.
    firstMinute: row.firstMinute as EpochMs | undefined,
    firstDay: row.firstDay as EpochMs | undefined,
  };
}
