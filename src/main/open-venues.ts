import { SECOND_MS } from '../core/brand.ts';
import { AppError } from '../core/errors.ts';
import { brokerOf } from './broker-setup.ts';
import type { BrokerModule, OpenContext } from './brokers/broker-module.ts';
import { offlineSession } from './engine/offline-session.ts';
import type { StandbyVenue } from './engine/world-parts.ts';
import { withPatience } from './open-broker.ts';

type Tell = (error: AppError) => void;

/** The first venue, which is open by now, does not wait for the second any longer. */
const STANDBY_PATIENCE_MS = 10 * SECOND_MS;

/**
 * The broker of the settings. One that another version knew and this one does not gives way to the first there is,
 * the simulated market, and the person is told.
 */
export function usableBroker(brokers: readonly BrokerModule[], id: string, onTrouble: Tell): BrokerModule {
  try {
    return brokerOf(brokers, id);
  } catch (thrown) {
    const [first] = brokers;
    if (first === undefined) throw thrown;
    onTrouble(AppError.from(thrown));
    return first;
  }
}

/** The second venue of the settings, where there is one and it can stand beside the first. */
export function secondBroker(
  brokers: readonly BrokerModule[],
  { manifest: first }: BrokerModule,
  id: string | null,
  onTrouble: Tell,
): BrokerModule | undefined {
  if (id === null || first.world !== 'market' || id === first.id) return undefined;
  const second = brokers.find(({ manifest }) => manifest.id === id);
  if (second?.manifest.world === 'market' && second.manifest.can.stream) return second;
  onTrouble(new AppError('invalid-input', `${id} cannot stand in for ${first.label}. Choose another in Settings.`));
  return undefined;
}

/**
 * A second venue that cannot be opened is no reason to do without the first. It stands beside it, says why it tells
 * nothing, and its login is seen to as that of any.
 */
export async function openStandby(broker: BrokerModule, context: OpenContext, onTrouble: Tell): Promise<StandbyVenue> {
  try {
    const opening = broker.open(context);
    const session = await withPatience(opening, broker.manifest.label, context.clock, STANDBY_PATIENCE_MS);
    return { session, manifest: broker.manifest };
  } catch (thrown) {
    const error = AppError.from(thrown);
    onTrouble(new AppError(error.code, `The second venue is not there: ${error.message}`, { cause: thrown }));
    return { session: offlineSession(context.instruments, error), manifest: broker.manifest };
  }
}
