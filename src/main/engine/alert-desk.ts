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
  readonly store: Pick<Store, 'raise' | 'raiseAll' | 'addSignal' | 'addAlert' | 'alerts' | 'toldAlert'>;
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

/** A finding as it is to be written down; without a passport where none could be made. */
interface Entry {
  readonly found: Found;
  readonly alert: Alert;
  readonly channels: readonly string[];
  readonly passport: Passport | undefined;
}

/** Turns findings into alerts: on disk first, then told, each once however often it is found. */
export class AlertDesk {
  readonly #parts: AlertDeskParts;
  #gathered: Found[] | undefined;

  constructor(parts: AlertDeskParts) {
    this.#parts = parts;
  }

  /** What `work` raises is stored together when it is done: bars of many instruments close at one instant. */
  together(work: () => void): void {
    if (this.#gathered !== undefined) {
      work();
      return;
    }
    const gathered: Found[] = [];
    this.#gathered = gathered;
    try {
      work();
    } finally {
      this.#gathered = undefined;
      this.#raise(gathered);
    }
  }

  /** A rule fired on a closed bar. Late and muted alerts are listed as read: they are no news. */
  raise(found: Found): void {
    if (this.#gathered === undefined) this.#raise([found]);
    else this.#gathered.push(found);
  }

  /** One alert's trouble must not cost the others. */
  #raise(all: readonly Found[]): void {
    const entries = all.flatMap((found) => this.#entryOf(found) ?? []);
    if (entries.length === 0) return;
    const stored = this.#store(entries);
    let isOwed = false;
    for (const [index, entry] of entries.entries()) {
      const state = stored[index];
      if (state === 'known') continue;
      this.#try(() => this.#tell(entry, state === 'stored'));
      if (state === 'stored' && entry.channels.length > 0) isOwed = true;
    }
    if (isOwed) this.#try(() => this.#parts.onOwed());
  }

  /** Undefined where it was told long ago: a warm-up finds it again, and nothing need be written down of it. */
  #entryOf(found: Found): Entry | undefined {
    const { store, clock, isMuted, passportOf } = this.#parts;
    const { signal, finding, isLate: late, inputs } = found;
    const id = signalId(signal);
    if (this.#try(() => store.toldAlert(id) !== undefined) === true) return undefined;
    const isTold = !late && !isMuted(signal.rule, signal.instrument);
    const alert: Alert = { id, raisedAt: clock.now(), signal, text: finding.text, read: !isTold, late, inputs };
    const channels = isTold ? this.#channels(finding.rule) : [];
    return { found, alert, channels, passport: this.#try(() => passportOf(found, alert)) };
  }

  /** What became of each. Also asked when the signal was there: the program may have ended between the two. */
  #store(entries: readonly Entry[]): readonly ('stored' | 'known' | 'refused')[] {
    const { store } = this.#parts;
    const writes = entries.flatMap(({ found: { signal, inputs }, passport, ...rest }) =>
      passport === undefined ? [] : { signal, inputs, passport, ...rest },
    );
    if (writes.length > 1 && writes.length === entries.length) {
      const isNew = this.#try(() => store.raiseAll(writes));
      if (isNew !== undefined) return isNew.map((each) => (each ? 'stored' : 'known'));
    }
    return entries.map((entry) => {
      const isNew = this.#try(() => this.#storeOne(entry));
      return isNew === undefined ? 'refused' : isNew ? 'stored' : 'known';
    });
  }

  /** Without a passport nothing can be proven of an alert, but it is told, and listed. */
  #storeOne({ found: { signal, inputs }, passport, alert, channels }: Entry): boolean {
    const { store } = this.#parts;
    if (passport !== undefined) return store.raise({ signal, inputs, passport, alert, channels });
    store.addSignal(signal, alert.raisedAt, inputs);
    return store.addAlert(alert);
  }

  #tell({ found, alert, channels, passport }: Entry, isStored: boolean): void {
    const { publisher, onUnstored, onRaised } = this.#parts;
    const { rule } = found.finding;
    publisher.publish({ type: 'alert', alert, told: this.#toldOnScreen(rule, !alert.read) });
    // What is owed is written with the passport.
    if (!isStored || passport === undefined) this.#try(() => onUnstored(alert, channels));
    if (isStored) onRaised(found, alert);
  }

  /** Undefined where it threw, which is told. */
  #try<Result>(work: () => Result): Result | undefined {
    try {
      return work();
    } catch (thrown) {
      this.#parts.onTrouble(AppError.from(thrown));
      return undefined;
    }
  }

  /** Alerts were marked: the screens list them anew. */
  relist(): void {
    const { store, publisher } = this.#parts;
    this.#try(() => publisher.publish({ type: 'alerts-changed', alerts: store.alerts(LISTED_ALERTS) }));
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
