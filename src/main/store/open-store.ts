import type { EpochMs } from '../../core/brand.ts';
import type { EvidenceContent } from '../../core/passport.ts';
import type { Store } from '../engine/store-port.ts';
import { createAlertWriter } from './alert-writer.ts';
import { backUp } from './back-up.ts';
import { createBarWriter } from './bar-writer.ts';
import { createDeliveryWriter } from './delivery-writer.ts';
import { createInputsMarker } from './inputs-marker.ts';
import { createRename } from './instrument-rename.ts';
import { MIGRATIONS, type Migration } from './migrations/all.ts';
import { openDatabase } from './open-database.ts';
import { guardOf, readingMethods } from './reading-methods.ts';
import { openRepositories } from './repositories.ts';
import type { SetAside } from './set-aside.ts';
import { Trimmer } from './trim.ts';

export interface StoreOptions {
  /** How long a write waits for another program to finish its own. The app stands still meanwhile. */
  readonly busyTimeoutMs?: number;
  /** The steps of the schema; tests bring others. */
  readonly migrations?: readonly Migration[];
  /** Goes into the name of a damaged file that is set aside; without it there is only a number. */
  readonly now?: () => EpochMs;
  /** Told when the file was damaged: what it is called now, and what was carried over. */
  readonly onSetAside?: (report: SetAside) => void;
}

/**
 * Opens the store in the file `path` (`:memory:` for one that is gone on close), creating it where needed.
 *
 * A damaged file is set aside, and a new one made with what can still be read. Throws an AppError('storage') that
 * says what to do when the folder cannot be written, another Tickscope uses the file, or the file is another
 * program's, no database or from a newer version; the file is then untouched. Every method throws the same when
 * the disk lets it down.
 */
export function openStore(path: string, options: StoreOptions = {}): Store {
  const { busyTimeoutMs = 2_000, migrations = MIGRATIONS, now, onSetAside } = options;
  const { db, failure, close } = openDatabase(path, { busyTimeoutMs, migrations, now, onSetAside });
  const all = openRepositories(db);
  const {
    candles,
    covered,
    revisions,
    differences,
    auctions,
    books,
    actions,
    ticks,
    signals,
    alerts,
    evidence,
    deliveries,
    instruments,
    documents,
    orders,
    outcomes,
  } = all;
  const alertWriter = createAlertWriter(db, { signals, alerts, evidence, deliveries });
  const writer = createDeliveryWriter(db, deliveries, (content) => evidence.add(content));
  const trimmer = new Trimmer(db);
  const keyed = [
    candles,
    covered,
    revisions,
    differences,
    auctions,
    signals,
    alerts,
    deliveries,
    outcomes,
    orders,
    actions,
    instruments,
  ];

  const guard = guardOf(db, path, failure);
  return {
    path,
    ...readingMethods(db, path, all, guard),
    raise: guard(alertWriter.raise),
    raiseAll: guard(alertWriter.raiseAll),
    addEvidence: guard(db.transaction((content: EvidenceContent) => evidence.add(content)).immediate),
    postpone: guard(writer.postpone),
    settle: guard(writer.settle),
    saveBars: guard(createBarWriter(db, { candles, covered, revisions, differences, auctions })),
    markInputs: guard(createInputsMarker(db, signals, alerts)),
    saveBooks: guard((list) => books.save(list)),
    saveCorporateActions: guard((list) => actions.replace(list)),
    renameInstrument: guard(createRename(db, keyed, [ticks, books], evidence)),
    trim: guard((retention, time) => trimmer.trim(retention, time)),
    backUp: guard((file) => backUp(db, file)),
    addSignal: guard((signal, at, inputs = 'whole') => signals.add(signal, at, inputs)),
    addAlert: guard((alert) => alerts.add(alert)),
    markAlertsRead: guard(() => alerts.markAllRead()),
    clearAlerts: guard(() => alerts.clear()),
    saveInstruments: guard((list) => instruments.save(list)),
    saveTicks: guard((list) => ticks.save(list)),
    saveOutcomes: guard((graded) => outcomes.saveOutcomes(graded)),
    addTicket: guard((ticket, refusal) => orders.add(ticket, refusal)),
    updateTicket: guard((record) => orders.update(record)),
    writeDocument: guard((name, value) => documents.write(name, value)),
    close,
  };
}
