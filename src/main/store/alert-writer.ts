import type { Database } from 'better-sqlite3';
import type { AlertWrite, EvidenceStore } from '../engine/alert-store-port.ts';
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

/** Alerts with their signals, passports and what channels owe, in one transaction each, or all in one. */
export function createAlertWriter(
  db: Database,
  { signals, alerts, evidence, deliveries }: AlertTables,
): Pick<EvidenceStore, 'raise' | 'raiseAll'> {
  const write = ({ signal, inputs, alert, passport, channels }: AlertWrite): boolean => {
    if (alerts.find(alert.id) !== undefined) return false;
    // There before when an older version ended between a signal and its alert: the first word stands.
    signals.add(signal, alert.raisedAt, inputs);
    const { seq } = evidence.add({ kind: 'alert', passport });
    const isNew = alerts.add(alert, seq);
    deliveries.add(alert.id, channels, alert.raisedAt);
    return isNew;
  };
  return {
    raise: db.transaction(write).immediate,
    raiseAll: db.transaction((writes: readonly AlertWrite[]) => writes.map(write)).immediate,
  };
}
