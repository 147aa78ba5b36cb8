import type { Alert } from '../../core/alert.ts';
import { AppError } from '../../core/errors.ts';
import { type EmaCrossParameters, explainEmaCross } from '../../core/scanner/ema-cross.ts';
import { type Inputs, type Signal, signalId } from '../../core/signal.ts';
import type { Clock, Notifier } from './ports.ts';
import type { Publisher } from './publisher.ts';
import type { SignalStore } from './store-port.ts';

/** The newest alerts, as many as a screen lists. */
export const LISTED_ALERTS = 300;

export interface AlertDeskParts {
  readonly store: SignalStore;
  /** The market's clock: alerts carry its time. */
  readonly clock: Clock;
  readonly publisher: Publisher;
  readonly notifiers: readonly Notifier[];
  /** Whether the person wants to be told on the desktop. */
  wantsDesktop(): boolean;
  onTrouble(error: AppError): void;
}

/** Turns signals into alerts: on disk first, then told, each once however often it is found. */
export class AlertDesk {
  readonly #parts: AlertDeskParts;

  constructor(parts: AlertDeskParts) {
    this.#parts = parts;
  }

  /** A rule fired on a closed bar. Late alerts are listed as read: they are no news. */
  raise(
    signal: Signal,
    parameters: EmaCrossParameters,
    { isLate: late, inputs }: { readonly isLate: boolean; readonly inputs: Inputs },
  ): void {
    const { store, clock, publisher } = this.#parts;
    const raisedAt = clock.now();
    const text = explainEmaCross(parameters, signal.side, signal.values);
    const alert: Alert = { id: signalId(signal), raisedAt, signal, text, read: late, late, inputs };
    try {
      store.addSignal(signal, raisedAt, inputs);
      // Asked even when the signal was there: the program may have ended between the two.
      if (!store.addAlert(alert)) return;
    } catch (thrown) {
      this.#parts.onTrouble(AppError.from(thrown));
    }
    publisher.publish({ type: 'alert', alert, told: { sound: true, spoken: false, volume: 0.6 } });
    if (!late) this.tell(alert);
  }

  /** Alerts were marked: the screens list them anew. */
  relist(): void {
    const { store, publisher, onTrouble } = this.#parts;
    try {
      publisher.publish({ type: 'alerts-changed', alerts: store.alerts(LISTED_ALERTS) });
    } catch (thrown) {
      onTrouble(AppError.from(thrown));
    }
  }

  /** Sends an alert through the desktop channels, stored or not. */
  tell(alert: Alert): void {
    if (!this.#parts.wantsDesktop()) return;
    for (const notifier of this.#parts.notifiers) notifier.notify(alert);
  }
}
