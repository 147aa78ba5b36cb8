import type { BrokerManifest } from '../../contract/manifest.ts';
import type { Settings } from '../../contract/settings.ts';
import { DAY_MS, type EpochMs, MINUTE_MS, SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Delivery, DeliveryStore } from './alert-store-port.ts';
import { type DigestMinute, nextMessage } from './digest.ts';
import type { Channel, Clock } from './ports.ts';
import { isQuietAt } from './quiet-hours.ts';
import { sendInTime } from './send-in-time.ts';

export interface DeliveryLaneParts {
  readonly store: DeliveryStore;
  readonly channel: Channel;
  /** The clock on the wall: people wait by it, also while a market is played. */
  readonly wall: Clock;
  readonly world: BrokerManifest['world'];
  settings(): Settings;
  ruleNames(): Readonly<Record<string, string>>;
  /** What the channel owes, or its trouble, changed. */
  onChanged(): void;
  /** A message did not get through. */
  onTrouble(error: AppError): void;
}

const FIRST_BACKOFF_MS = 5 * SECOND_MS;
const LONGEST_BACKOFF_MS = 10 * MINUTE_MS;
/** A message is given up when it failed after a day. */
const GIVE_UP_MS = DAY_MS;
/** As long as that by the steps above, for markets whose alerts bear a time of their own. */
const MOST_ATTEMPTS = 150;
/** Beyond this an alert is told as late. */
const NEWS_MS = 10 * MINUTE_MS;
/** As many as are looked at at a time. */
const MOST_OWED = 500;

interface Settled {
  readonly alerts: readonly string[];
  readonly outcome: 'told' | 'failed' | 'quiet';
  readonly at: EpochMs;
}

/** One channel's own line: it takes what the channel owes, oldest first, one message after the other, and waits for nobody. */
export class DeliveryLane {
  trouble: string | null = null;
  readonly #parts: DeliveryLaneParts;
  readonly #stop = new AbortController();
  /** Owed since before this start, in a played market: nothing else tells there how old they are. */
  readonly #leftOver: ReadonlySet<string>;
  #isBusy = false;
  #cancel = (): void => undefined;
  #minute: DigestMinute | undefined;
  #failures = 0;
  #restUntil = Number.NEGATIVE_INFINITY;
  #dueBy = Number.NEGATIVE_INFINITY;
  /** Done with, and not on disk yet: never to be sent again for that. */
  #unsettled: Settled | undefined;

  /** Throws AppError `storage` when the disk lets it down. */
  constructor(parts: DeliveryLaneParts) {
    this.#parts = parts;
    const { world, store, channel } = parts;
    this.#leftOver = new Set(world === 'market' ? [] : idsOf(store.deliveries(channel.id, MOST_OWED)));
  }

  /** Looks at what is owed, now. Never throws. */
  wake(): void {
    if (this.#isBusy || this.#stop.signal.aborted) return;
    this.#isBusy = true;
    this.#cancel();
    void this.#work();
  }

  /** The channel was seen to work, or was set anew, or there is another network: what waits for a next try waits no longer. */
  refresh(): void {
    this.#failures = 0;
    this.#restUntil = Number.NEGATIVE_INFINITY;
    this.#dueBy = this.#parts.wall.now() + LONGEST_BACKOFF_MS;
    this.wake();
  }

  /** What is on its way may still arrive, and stays owed. Nothing of the store is touched any more. */
  stop(): void {
    this.#cancel();
    this.#stop.abort();
  }

  /** How many alerts wait. Throws AppError `storage`. */
  waiting(): number {
    return this.#parts.store.deliveries(this.#parts.channel.id, MOST_OWED).length;
  }

  async #work(): Promise<void> {
    try {
      for (let owed = this.#owed(); ; owed = this.#owed()) {
        const { wall, settings } = this.#parts;
        const now = wall.now();
        if (owed.length === 0) return;
        if (now < this.#restUntil) return this.#later(this.#restUntil);
        const { digestAbove } = settings().alerts;
        const next = nextMessage(owed, now, this.#minute, digestAbove, Math.max(now, this.#dueBy));
        this.#minute = next.minute;
        if (next.kind === 'none') return;
        if (next.kind === 'wait') return this.#later(next.until);
        await this.#tell(next.deliveries, now);
        if (this.#stop.signal.aborted) return;
      }
    } catch (thrown) {
      if (this.#stop.signal.aborted) return;
      this.#parts.onTrouble(AppError.from(thrown));
      this.#later(this.#parts.wall.now() + FIRST_BACKOFF_MS);
    } finally {
      this.#isBusy = false;
    }
  }

  /** What is owed, once that is settled which need not be told any more. */
  #owed(): readonly Delivery[] {
    const { store, channel, wall, onTrouble } = this.#parts;
    if (this.#unsettled !== undefined) this.#settle(this.#unsettled);
    const owed = store.deliveries(channel.id, MOST_OWED);
    const now = wall.now();
    const quiet = owed.filter((delivery) => this.#isQuiet(delivery, now));
    if (quiet.length > 0) this.#settle({ alerts: idsOf(quiet), outcome: 'quiet', at: now });
    const rest = owed.filter((delivery) => !quiet.includes(delivery));
    if (channel.isReady()) return rest;
    const old = rest.filter((delivery) => this.#age(delivery, now) > GIVE_UP_MS);
    if (old.length > 0) {
      this.#settle({ alerts: idsOf(old), outcome: 'failed', at: now });
      const message = `${channel.label} is not set up, so alerts that waited a day for it were given up. Enter what it needs in Settings, under Alerts, or take it out of the rules.`;
      onTrouble(new AppError('invalid-input', message));
    }
    return [];
  }

  #isQuiet(delivery: Delivery, now: EpochMs): boolean {
    const { channel, settings } = this.#parts;
    const { desktop, quiet } = settings().alerts;
    if (channel.id === 'desktop' && !desktop) return true;
    if (channel.isPersonal && isQuietAt(quiet, now)) return true;
    return channel.freshMs !== undefined && this.#age(delivery, now) > channel.freshMs;
  }

  /** How long ago it was news; without end for what an earlier run of a played market left behind. */
  #age({ alert }: Delivery, now: EpochMs): number {
    if (this.#parts.world === 'market') return now - alert.raisedAt;
    return this.#leftOver.has(alert.id) ? Number.POSITIVE_INFINITY : 0;
  }

  async #tell(deliveries: readonly Delivery[], now: EpochMs): Promise<void> {
    const { store, channel, world, wall, ruleNames } = this.#parts;
    const alerts = idsOf(deliveries);
    const isGroup = deliveries.length > 1;
    // Written down before it goes: sent again, it holds the same alerts.
    if (isGroup && deliveries[0]?.attempts === 0)
      store.postpone(channel.id, alerts, this.#free((now + FIRST_BACKOFF_MS) as EpochMs));
    const isLate = deliveries.some((delivery) => this.#age(delivery, now) > NEWS_MS);
    const message = {
      id: alerts.toSorted().join('\n'),
      alerts: deliveries.map(({ alert }) => alert),
      ruleNames: ruleNames(),
    };
    try {
      await sendInTime(channel, { ...message, world, isLate, isTest: false }, wall, this.#stop.signal);
    } catch (thrown) {
      if (!this.#stop.signal.aborted) this.#failed(AppError.from(thrown), deliveries);
      return;
    }
    // What was told while Tickscope ended is told again at the next start, with the same id.
    if (this.#stop.signal.aborted) return;
    this.trouble = null;
    this.#failures = 0;
    this.#restUntil = Number.NEGATIVE_INFINITY;
    this.#settle({ alerts, outcome: 'told', at: wall.now() });
  }

  #failed(error: AppError, deliveries: readonly Delivery[]): void {
    const { store, channel, wall, onTrouble, onChanged } = this.#parts;
    const now = wall.now();
    const alerts = idsOf(deliveries);
    const attempts = Math.max(...deliveries.map((each) => each.attempts));
    const age = Math.max(...deliveries.map((each) => this.#age(each, now)));
    const isOver = attempts + 1 >= MOST_ATTEMPTS || (age > GIVE_UP_MS && Number.isFinite(age));
    this.trouble = error.message;
    onTrouble(error);
    if (!error.retryable || isOver) {
      this.#settle({ alerts, outcome: 'failed', at: now });
      return;
    }
    const asked = Number(error.context['retryAfterSeconds'] ?? 0) * SECOND_MS;
    store.postpone(channel.id, alerts, this.#free((now + Math.max(backoff(attempts), asked)) as EpochMs));
    this.#dueBy = Number.NEGATIVE_INFINITY;
    this.#restUntil = now + Math.max(backoff(this.#failures), asked);
    this.#failures += 1;
    onChanged();
  }

  /** A time that no other message of the channel has: messages of several alerts are known by it. */
  #free(time: EpochMs): EpochMs {
    const { store, channel } = this.#parts;
    const taken = new Set<number>(store.deliveries(channel.id, MOST_OWED).map(({ dueAt }) => dueAt));
    let free: number = time;
    while (taken.has(free)) free += 1;
    return free as EpochMs;
  }

  #settle(settled: Settled): void {
    const { store, channel, onChanged } = this.#parts;
    this.#unsettled = settled;
    store.settle(channel.id, settled.alerts, settled.outcome, settled.at);
    this.#unsettled = undefined;
    onChanged();
  }

  #later(at: number): void {
    const { wall } = this.#parts;
    this.#cancel();
    this.#cancel = wall.after(Math.max(0, at - wall.now()), () => this.wake());
  }
}

function backoff(failures: number): number {
  return Math.min(FIRST_BACKOFF_MS * 2 ** failures, LONGEST_BACKOFF_MS);
}

function idsOf(deliveries: readonly Delivery[]): readonly string[] {
  return deliveries.map(({ alert }) => alert.id);
}
