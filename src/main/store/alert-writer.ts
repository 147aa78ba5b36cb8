import type { Database } from 'better-sqlite3';
import type { EvidenceStore } from '../engine/alert-store-port.ts';
import type { AlertRepository } from './alert-repository.ts';
import type { DeliveryRepository } from './delivery-repository.ts';
import type { EvidenceRepository } from './evidence-repository.ts';
import type { SignalRepository } from './signal-repository.ts';

export interface AlertTables {
  readonly signals: SignalRepository;
  readonly alerts: AlertRepository;
  readonly evidence: EvidenceRepository;
  readonly deliveries: DeliveryRepository;
}

/** An alert with its signal, its passport and what channels owe, in one transaction: `EvidenceStore.raise`. */
export function createAlertWriter(db: Database, tables: AlertTables): EvidenceStore['raise'] {
  const { signals, alerts, evidence, deliveries } = tables;
  return db.transaction(({ signal, inputs, alert, passport, channels }: Parameters<EvidenceStore['raise']>[0]) => {
    if (alerts.find(alert.id) !== undefined) return false;
    // There before when an older version ended between a signal and its alert: the first word stands.
    signals.add(signal, alert.raisedAt, inputs);
    const { seq } = evidence.add({ kind: 'alert', passport });
    const isNew = alerts.add(alert, seq);
    deliveries.add(alert.id, channels, alert.raisedAt);
    return isNew;
  }).immediate;
}
