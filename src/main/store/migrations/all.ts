import type { Database } from 'better-sqlite3';
import { up as candles } from './0001-candles.ts';
import { up as signalsAndAlerts } from './0002-signals-and-alerts.ts';
import { up as ticks } from './0003-ticks.ts';
import { up as instrumentsAndDocuments } from './0004-instruments-and-documents.ts';
import { up as marksAndInputs } from './0005-marks-and-inputs.ts';
import { up as ledger } from './0006-ledger.ts';
import { up as booksAndActions } from './0007-books-and-actions.ts';
import { up as trades } from './0008-trades.ts';
import { up as barDifferences } from './0009-bar-differences.ts';
import { up as fractionalLots } from './0010-fractional-lots.ts';
import { up as evidence } from './0011-evidence.ts';
import { up as deliveries } from './0012-deliveries.ts';
import { up as orderTickets } from './0013-order-tickets.ts';
import { up as outcomes } from './0014-outcomes.ts';

/** SQL, or what SQL alone cannot do. Runs inside a transaction. */
export type Migration = string | ((db: Database) => void);

/** In order; the schema's version is how many have run. A released one is never changed, only followed. */
export const MIGRATIONS: readonly Migration[] = [
  candles,
  signalsAndAlerts,
  ticks,
  instrumentsAndDocuments,
  marksAndInputs,
  ledger,
  booksAndActions,
  trades,
  barDifferences,
  fractionalLots,
  evidence,
  deliveries,
  orderTickets,
  outcomes,
];
