import type { Told } from '../../contract/events.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Alert } from '../../core/alert.ts';
import type { InstrumentKey } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Passport } from '../../core/passport.ts';
import type { Rule } from '../../core/rule.ts';
import { signalId } from '../../core/signal.ts';
import type { Found } from './found.ts';
import type { Clock } from './ports.ts';
import type { Publisher } from './publisher.ts';
import { toldOf } from './quiet-hours.ts';
import type { Store } from './store-port.ts';

/** The newest alerts, as many as a screen lists. */
export const LISTED_ALERTS = 300;

export interface AlertDeskParts {
  readonly store: Pick<Store, 'raise' | 'alerts' | 'toldAlert'>;
  /** The market's clock: alerts carry its time. */
  readonly clock: Clock;
  /** The clock on the wall, by which a person sleeps. */
  readonly wall: Clock;
  readonly publisher: Publisher;
  /** Ids of the channels there are here. */
  readonly channels: readonly string[];
  settings(): Settings;
  /** Whether a person asked for quiet about this rule, this instrument, or both together. */
  isMuted(rule: string, instrument: InstrumentKey): boolean;
  passportOf(found: Found, alert: Alert): Passport;
  /** Hears that channels owe something. */
  onOwed(): void;
  /** Hears of an alert that the disk refused and that is to be told all the same. */
  onUnstored(alert: Alert, channels: readonly string[]): void;
  /** Hears of every alert that is on disk and new, told or not. */
  onRaised(found: Found, alert: Alert): void;
  onTrouble(error: AppError): void;
}

/** Turns findings into alerts: on disk first, then told, each once however often it is found. */
export class AlertDesk {
  readonly #parts: AlertDeskParts;

  constructor(parts: AlertDeskParts) {
    this.#parts = parts;
  }

  /** A rule fired on a closed bar. Late and muted alerts are listed as read: they are no news. */
  raise(found: Found): void {
    const { store, clock, publisher, isMuted, passportOf, onOwed, onUnstored, onRaised, onTrouble } = this.#parts;
    const { signal, finding, isLate: late, inputs } = found;
    const isTold = !late && !isMuted(signal.rule, signal.instrument);
    const id = signalId(signal);
    const alert: Alert = { id, raisedAt: clock.now(), signal, text: finding.text, read: !isTold, late, inputs };
    const channels = isTold ? this.#channels(finding.rule) : [];
    let isStored = false;
    try {
      // A warm-up finds again what was told long ago: nothing need be written down of it.
      if (store.toldAlert(id) !== undefined) return;
      // Also asked when the signal was there: the program may have ended between the two.
      if (!store.raise({ signal, inputs, alert, passport: passportOf(found, alert), channels })) return;
      isStored = true;
    } catch (thrown) {
      onTrouble(AppError.from(thrown));
    }
    publisher.publish({ type: 'alert', alert, told: this.#toldOnScreen(finding.rule, isTold) });
    if (!isStored) {
      onUnstored(alert, channels);
      return;
    }
    onRaised(found, alert);
    if (channels.length > 0) onOwed();
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

  #channels({ channels: { desktop, webhook, telegram } }: Rule): readonly string[] {
    const wanted = { desktop: desktop && this.#parts.settings().alerts.desktop, webhook, telegram };
    return Object.entries(wanted).flatMap(([channel, isWanted]) =>
      isWanted && this.#parts.channels.includes(channel) ? [channel] : [],
    );
  }

  #toldOnScreen({ channels }: Rule, isTold: boolean): Told {
    const told = toldOf(channels, this.#parts.settings().alerts, this.#parts.wall.now());
    return isTold ? told : { ...told, sound: false, spoken: false };
  }
}
