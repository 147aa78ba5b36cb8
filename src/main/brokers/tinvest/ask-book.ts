import type { PacketReject } from '../packet-reject.ts';
import type { AckItem } from './messages.ts';
import { ITEMS_PER_FRAME, type SubscriptionAction, subscriptionFrame } from './requests.ts';
import type { Subscription, Wishes } from './subscriptions.ts';

/** What the stream has to do about an answer to one wish. */
export type AckVerdict =
  | { readonly kind: 'active' }
  /** Not to be asked again; what to count it as. */
  | ({ readonly kind: 'failed' } & PacketReject)
  /** Ask again after a while. */
  | { readonly kind: 'later'; readonly ms: number; readonly holdAll: boolean }
  /** The stream takes no more. */
  | { readonly kind: 'full' };

const PREFIX = 'SUBSCRIPTION_STATUS_';
const MOST_RETRIES = 3;
const TOO_MANY_MS = 60_000;

/** What one connection was asked for, what it granted, and what is still to be asked. */
export class AskBook {
  readonly #waitingClose: boolean;
  #wanted: Wishes = new Map();
  /** Asked of this connection and not called off. */
  readonly #asked = new Map<string, Subscription>();
  readonly #active = new Set<string>();
  /** Asked again later, or never. */
  readonly #resting = new Set<string>();
  readonly #tries = new Map<string, number>();

  constructor(waitingClose = false) {
    this.#waitingClose = waitingClose;
  }

  get wanted(): Wishes {
    return this.#wanted;
  }

  get activeCount(): number {
    return this.#active.size;
  }

  want(wishes: Wishes): void {
    this.#wanted = wishes;
    for (const id of [...this.#resting]) if (!wishes.has(id)) this.#resting.delete(id);
  }

  /** A new connection knows nothing of the old one. */
  reset(): void {
    this.#asked.clear();
    this.#active.clear();
    this.#resting.clear();
    this.#tries.clear();
  }

  /** Whether there is nothing to send. */
  get isSettled(): boolean {
    for (const id of this.#asked.keys()) if (!this.#wanted.has(id)) return false;
    for (const id of this.#wanted.keys()) if (!this.#asked.has(id) && !this.#resting.has(id)) return false;
    return true;
  }

  /** The next frame that brings the connection nearer to what is wanted, taken as sent; undefined when it is there. */
  nextFrame(): string | undefined {
    const dropped = sameKind([...this.#asked.values()].filter(({ id }) => !this.#wanted.has(id)));
    if (dropped.length > 0) {
      for (const { id } of dropped) {
        this.#asked.delete(id);
        this.#active.delete(id);
      }
      return this.#frame('UNSUBSCRIBE', dropped);
    }
    const added = sameKind(
      [...this.#wanted.values()].filter(({ id }) => !this.#asked.has(id) && !this.#resting.has(id)),
    );
    if (added.length === 0) return undefined;
    for (const wish of added) this.#asked.set(wish.id, wish);
    return this.#frame('SUBSCRIBE', added);
  }

  /** Judges the answer to one wish. Undefined when there is nothing to do, as after an unsubscription. */
  judge(id: string, { status, action, uid, figi }: AckItem): AckVerdict | undefined {
    if (action === 'unsubscribe' || !this.#asked.has(id)) return undefined;
    const word = status.startsWith(PREFIX) ? status.slice(PREFIX.length) : '';
    const failed = (reject: string): AckVerdict => {
      this.#rest(id);
      return { kind: 'failed', reject, detail: `${id} (${word || 'no status'})` };
    };
    switch (word) {
      case 'SUCCESS':
        this.#active.add(id);
        this.#tries.delete(id);
        return { kind: 'active' };
      case 'SUBSCRIPTION_NOT_FOUND':
        return undefined;
      case 'INSTRUMENT_NOT_FOUND':
        this.#rest(id);
        return { kind: 'failed', reject: 'instrument-not-found', detail: uid || figi };
      case 'LIMIT_IS_EXCEEDED':
        this.#rest(id);
        return { kind: 'full' };
      case 'TOO_MANY_REQUESTS':
        this.#rest(id);
        return { kind: 'later', ms: TOO_MANY_MS, holdAll: true };
      case 'INTERNAL_ERROR': {
        const tries = (this.#tries.get(id) ?? 0) + 1;
        this.#tries.set(id, tries);
        if (tries > MOST_RETRIES) return failed('subscription-failed');
        this.#rest(id);
        return { kind: 'later', ms: 1_000 * 2 ** (tries - 1), holdAll: false };
      }
      default:
        return failed('subscription-refused');
    }
  }

  /** It may be asked again. */
  wake(id: string): void {
    this.#resting.delete(id);
  }

  /**
   * Compares with what the server says is in force. What it lacks is asked again, and what nobody wants is called
   * off, with the next frames. Answers how many of each.
   */
  reconcile(inForce: ReadonlyMap<string, Subscription | undefined>): {
    readonly missing: number;
    readonly surplus: number;
  } {
    let missing = 0;
    for (const id of [...this.#asked.keys()]) {
      if (inForce.has(id)) continue;
      missing += 1;
      this.#asked.delete(id);
      this.#active.delete(id);
    }
    let surplus = 0;
    for (const [id, wish] of inForce) {
      if (wish === undefined || this.#wanted.has(id) || this.#asked.has(id)) continue;
      surplus += 1;
      this.#asked.set(id, wish);
    }
    return { missing, surplus };
  }

  #rest(id: string): void {
    this.#asked.delete(id);
    this.#active.delete(id);
    this.#resting.add(id);
  }

  #frame(action: SubscriptionAction, items: readonly Subscription[]): string {
    return subscriptionFrame(action, items, this.#waitingClose);
  }
}

/** The first of them and those of its kind, as many as go into a frame. */
function sameKind(wishes: readonly Subscription[]): readonly Subscription[] {
  const kind = wishes[0]?.kind;
  return wishes.filter((wish) => wish.kind === kind).slice(0, ITEMS_PER_FRAME);
}
