import { create } from 'zustand';
import type { Told } from '../../../contract/events.ts';
import type { Alert } from '../../../core/alert.ts';
import type { InstrumentKey } from '../../../core/brand.ts';
import type { Signal } from '../../../core/signal.ts';

export interface AlertState {
  /** Newest first. */
  readonly alerts: readonly Alert[];
  readonly unread: number;
  /** What forming bars would signal if they closed now, by instrument and rule. Drawn hollow: it may vanish. */
  readonly formingSignals: ReadonlyMap<string, Signal>;
}

export const useAlertStore = create<AlertState>()(() => ({ alerts: [], unread: 0, formingSignals: new Map() }));

export function replaceAlerts(alerts: readonly Alert[]): void {
  useAlertStore.setState({ alerts, unread: alerts.filter(({ read }) => !read).length });
}

export function addAlert(alert: Alert): void {
  replaceAlerts([alert, ...useAlertStore.getState().alerts.filter(({ id }) => id !== alert.id)]);
}

export function replaceFormingSignals(signals: readonly Signal[]): void {
  useAlertStore.setState({ formingSignals: new Map(signals.map((signal) => [formingKey(signal), signal])) });
}

/** `null` when the bar would no longer signal. */
export function setFormingSignal(instrument: InstrumentKey, rule: string, signal: Signal | null): void {
  const formingSignals = new Map(useAlertStore.getState().formingSignals);
  if (signal === null) formingSignals.delete(formingKey({ instrument, rule }));
  else formingSignals.set(formingKey(signal), signal);
  useAlertStore.setState({ formingSignals });
}

function formingKey({ instrument, rule }: Pick<Signal, 'instrument' | 'rule'>): string {
  return `${instrument} ${rule}`;
}

type AlertListener = (alert: Alert, told: Told) => void;

const listeners = new Set<AlertListener>();

/** Hears each alert as it is raised, not those a snapshot brings. For what happens once, such as a sound. */
export function onAlertRaised(listener: AlertListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellAlertRaised(alert: Alert, told: Told): void {
  for (const listener of listeners) listener(alert, told);
}
