import type { TradingDate } from '../../../core/brand.ts';
import type { Logger } from '../../engine/ports.ts';
import { loadDailyList } from '../daily-list.ts';
import type { FyersApi } from './api.ts';
import { parseSymbolMaster, type SymbolMaster } from './symbol-master.ts';

/** A person is waiting for the broker to open. */
const ATTEMPTS = 2;

export interface ListSource {
  readonly api: Pick<FyersApi, 'csv'>;
  /** Where the lists lie: `…/sym_details`. */
  readonly listsUrl: string;
  readonly cacheDir: string;
  readonly day: TradingDate;
  readonly logger: Logger;
}

/** A list of symbols, such as `NSE_CM`: see `loadDailyList`. */
export function loadList(list: string, source: ListSource, stop: AbortSignal): Promise<SymbolMaster> {
  const { api, listsUrl, cacheDir, day, logger } = source;
  const fetch = () => api.csv(`${listsUrl}/${list}.csv`, stop, ATTEMPTS);
  const name = `fyers-symbols-${list}`;
  return loadDailyList({ name, day, cacheDir, logger, fetch, parse: parseSymbolMaster }, stop);
}
