import type { SymbolRename } from '../../../core/corporate-action.ts';
import { AppError } from '../../../core/errors.ts';
import { type Instrument, symbolOf } from '../../../core/instrument.ts';
import { type ListSource, loadList } from './list-cache.ts';
import { type MatchedInstruments, matchInstruments } from './match-instruments.ts';
import type { MasterRow } from './symbol-master.ts';

export interface InstrumentSource extends ListSource {
  readonly renames?: readonly SymbolRename[] | undefined;
}

/** The lists of each exchange: shares and indices, and derivatives of them. */
const LISTS: Readonly<Record<string, { readonly cash: string; readonly derivatives: string }>> = {
  NSE: { cash: 'NSE_CM', derivatives: 'NSE_FO' },
  BSE: { cash: 'BSE_CM', derivatives: 'BSE_FO' },
};

/**
 * Finds the instruments in Fyers' lists of symbols. That of derivatives, which is large, is read only when one may be
 * in it. Throws AppError when a list cannot be had, or when they know none of the instruments.
 */
export async function loadInstruments(
  wanted: readonly Instrument[],
  source: InstrumentSource,
  stop: AbortSignal,
): Promise<MatchedInstruments> {
  const rows: MasterRow[] = [];
  for (const name of listsFor(wanted)) rows.push(...(await loadList(name, source, stop)).rows);
  const matched = matchInstruments(wanted, rows, source.renames);
  if (matched.missing.length > 0) {
    const names = matched.missing.map(symbolOf).join(', ');
    source.logger.warn('Fyers does not list these instruments; they are left out.', { instruments: names });
  }
  if (matched.known.length === 0 && wanted.length > 0)
    throw new AppError('not-found', 'Fyers lists none of the instruments to watch. Check their names in Settings.');
  return matched;
}

function listsFor(wanted: readonly Instrument[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { key, segment } of wanted) {
    const lists = LISTS[key.slice(0, key.indexOf(':'))];
    if (lists !== undefined) names.add(segment === 'nse-fno' ? lists.derivatives : lists.cash);
  }
  return names;
}
