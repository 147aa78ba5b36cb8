import type { TinvestApi } from './api.ts';
import { isNotFound } from './envelope.ts';
import { unexpectedData } from './errors.ts';
import { type InstrumentRow, kindOfSymbol, readInstrumentRow } from './instrument-row.ts';
import { listMember, member } from './member.ts';

/** The main board for shares of the Moscow Exchange. */
const MAIN_BOARD = 'TQBR';
/** A person waits while a broker opens. */
const ATTEMPTS = 2;

/**
 * What the venue says of a symbol: a ticker of the main board, else of any board (`SBER_TQBR` names the board itself), a
 * FIGI, or a uid. Undefined when it has no such instrument. Throws AppError.
 */
export async function findInstrument(
  symbol: string,
  api: TinvestApi,
  stop: AbortSignal,
): Promise<InstrumentRow | undefined> {
  const kind = kindOfSymbol(symbol);
  if (kind !== 'ticker') return await getBy(api, kind === 'figi' ? 'FIGI' : 'UID', symbol, undefined, stop);
  const [ticker = symbol, classCode = MAIN_BOARD] = symbol.split('_');
  const found = await getBy(api, 'TICKER', ticker, classCode, stop);
  if (found !== undefined || ticker !== symbol) return found;
  const answer = await api.call('InstrumentsService', 'FindInstrument', { query: symbol }, stop, ATTEMPTS);
  const rows = (listMember(answer, 'instruments') ?? []).map(readInstrumentRow);
  const candidates = rows.filter((row) => row !== undefined).filter((row) => row.ticker === symbol);
  const best = candidates.find((row) => row.classCode === MAIN_BOARD) ?? candidates[0];
  // The search does not tell the price step.
  return best && ((await getBy(api, 'UID', best.uid, undefined, stop)) ?? best);
}

/** Every share by ticker, FIGI and uid. Where a ticker is on several boards the main one counts. */
export async function listShares(api: TinvestApi, stop: AbortSignal): Promise<ReadonlyMap<string, InstrumentRow>> {
  const body = { instrumentStatus: 'INSTRUMENT_STATUS_BASE' };
  const answer = await api.call('InstrumentsService', 'Shares', body, stop, ATTEMPTS);
  const rows = listMember(answer, 'instruments');
  if (rows === undefined) throw unexpectedData('the list of shares');
  const shares = new Map<string, InstrumentRow>();
  for (const value of rows) {
    const row = readInstrumentRow(value);
    if (row === undefined) continue;
    shares.set(row.uid, row).set(row.figi, row);
    if (row.classCode === MAIN_BOARD || !shares.has(row.ticker)) shares.set(row.ticker, row);
  }
  return shares;
}

async function getBy(
  api: TinvestApi,
  idType: 'TICKER' | 'FIGI' | 'UID',
  id: string,
  classCode: string | undefined,
  stop: AbortSignal,
): Promise<InstrumentRow | undefined> {
  const body = { idType: `INSTRUMENT_ID_TYPE_${idType}`, ...(classCode !== undefined && { classCode }), id };
  try {
    const answer = await api.call('InstrumentsService', 'GetInstrumentBy', body, stop, ATTEMPTS);
    const row = readInstrumentRow(member(answer, 'instrument'));
    if (row === undefined) throw unexpectedData('an instrument');
    return row;
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined;
    throw thrown;
  }
}
