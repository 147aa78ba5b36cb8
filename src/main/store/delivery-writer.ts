import type { Database } from 'better-sqlite3';
import type { EvidenceContent } from '../../core/passport.ts';
import type { DeliveryStore } from '../engine/alert-store-port.ts';
import type { DeliveryRepository } from './delivery-repository.ts';

/** Where a link of the chain is added, inside a transaction that is under way. */
type AddLink = (content: EvidenceContent) => void;

/** `DeliveryStore.postpone` and `.settle`, each one transaction. */
export function createDeliveryWriter(
  db: Database,
  deliveries: DeliveryRepository,
  addLink: AddLink,
): Pick<DeliveryStore, 'postpone' | 'settle'> {
  const postpone: DeliveryStore['postpone'] = (channel, alerts, dueAt) => {
    for (const alert of alerts) deliveries.postpone(channel, alert, dueAt);
  };
  const settle: DeliveryStore['settle'] = (channel, alerts, outcome, at) => {
    for (const alert of alerts)
      if (deliveries.settle(channel, alert, outcome, at)) addLink({ kind: 'delivery', alert, channel, outcome, at });
  };
  return { postpone: db.transaction(postpone).immediate, settle: db.transaction(settle).immediate };
}
