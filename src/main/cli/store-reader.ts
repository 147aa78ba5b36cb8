import type { Store } from '../engine/store-port.ts';
import { openStore } from '../store/open-store.ts';

/** What the command line reads of a store. */
export type StoreReader = Pick<
  Store,
  | 'loadCandles'
  | 'loadCandlesBefore'
  | 'storedCandles'
  | 'loadAuctions'
  | 'covered'
  | 'coveredInstruments'
  | 'revisions'
  | 'corporateActions'
  | 'instruments'
  | 'readDocument'
  | 'backUp'
  | 'close'
>;

/** Opens a store that somebody else may be writing. */
export function openForReading(path: string): StoreReader {
  return openStore(path);
}
