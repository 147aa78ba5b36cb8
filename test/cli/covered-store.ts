import { join } from 'node:path';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { CoveredSpan } from '../../src/core/day-coverage.ts';
import type { Revision } from '../../src/core/revision.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { ist } from '../support/ist.ts';
import { tempFolder } from '../support/temp-folder.ts';

export const INFY = 'NSE:INFY' as InstrumentKey;
const TCS = 'NSE:TCS' as InstrumentKey;

/** A stretch of 2026-08-03, told by the feed or else by history. */
export function covered(instrument: InstrumentKey, open: string, close: string, isLive = true): CoveredSpan {
  const frame = isLive
    ? ({ timeframe: '5s', provenance: 'live' } as const)
    : ({ timeframe: '1m', provenance: 'history' } as const);
  return { instrument, open: ist(`2026-08-03 ${open}`), close: ist(`2026-08-03 ${close}`), ...frame };
}

const VALUES = { open: 100, high: 105, low: 99, close: 104, volume: 1_000 };
function revision(clock: string, close: number, fields: Partial<Revision> = {}): Revision {
  return {
    instrument: INFY,
    timeframe: '1m',
    openTime: ist(`2026-08-03 ${clock}`),
    reason: 'history',
    at: ist('2026-08-03 16:00'),
    before: VALUES,
    after: { ...VALUES, close },
    ...fields,
  };
}

/** INFY missed 10:02 to 10:41 and 11:00, of which history brought the last minutes; TCS missed nothing. */
export function fill(store: Store): void {
  store.saveBars({
    batches: [],
    covered: [
      covered(INFY, '09:15', '10:02'),
      covered(INFY, '10:41', '11:00'),
      covered(INFY, '11:01', '15:15'),
      covered(INFY, '10:38', '10:41', false),
      covered(TCS, '09:15', '15:15'),
    ],
    revisions: [
      revision('09:15', 103),
      revision('09:16', 101),
      revision('09:17', 104, { reason: 'late-tick', timeframe: '5s', after: { ...VALUES, high: 106 } }),
    ],
  });
}

/** Makes a database in the folder, or opens the one there, and closes it again. */
export function storeIn(folder: string, setUp: (store: Store) => void, name = 'bars.sqlite'): void {
  const store = openStore(join(folder, name));
  setUp(store);
  store.close();
}

/** A new folder with the database that `DB` names. */
export function filled(setUp: (store: Store) => void = fill): string {
  const folder = tempFolder();
  storeIn(folder, setUp);
  return folder;
}

export const DB = ['--db', 'bars.sqlite'] as const;
