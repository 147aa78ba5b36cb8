import { AppError } from '../core/errors.ts';
import type { BrokerModule, OpenContext } from './brokers/broker-module.ts';
import { backOffMs } from './brokers/transport/back-off.ts';
import { offlineSession } from './engine/offline-session.ts';
import type { BrokerSession, Clock } from './engine/ports.ts';

/** The first waits of a second or two would only repeat what opening itself has tried. */
const FAILURES_BEFORE = 2;

export interface OpenBrokerParts {
  /** Made anew for each try: the one before may have turned a request token into an access token. */
  context(): OpenContext;
  onTrouble(error: AppError): void;
  /** Do not wait for it longer than this: a venue that never answers must not keep the window from opening. */
  readonly patienceMs?: number | undefined;
  /** A broker that could not be reached can be now. */
  onReachable(): void;
}

/**
 * A broker that cannot be opened must not keep the app shut: its stored bars and the settings are still of use.
 * One that cannot be reached is tried again after 4, 8, … 60 seconds.
 */
export async function openBroker(broker: BrokerModule, parts: OpenBrokerParts): Promise<BrokerSession> {
  const context = parts.context();
  try {
    return await withPatience(broker.open(context), broker.manifest.label, context.clock, parts.patienceMs);
  } catch (thrown) {
    const error = AppError.from(thrown);
    parts.onTrouble(error);
    return offlineSession(context.instruments, error, {
      clock: context.clock,
      waitMs: (failures) => backOffMs(failures + FAILURES_BEFORE, Math.random),
      open: () => broker.open(parts.context()),
      onReachable: () => parts.onReachable(),
    });
  }
}

/** Rejects when the broker has not been opened in time; what it opens after that is thrown away. */
export function withPatience(
  opening: Promise<BrokerSession>,
  label: string,
  clock: Clock,
  patienceMs: number | undefined,
): Promise<BrokerSession> {
  if (patienceMs === undefined) return opening;
  return new Promise((resolve, reject) => {
    const cancel = clock.after(patienceMs, () => {
      reject(new AppError('network', `${label} has not answered yet. Tickscope goes on trying.`));
    });
    opening.then(resolve, reject).finally(cancel);
  });
}
