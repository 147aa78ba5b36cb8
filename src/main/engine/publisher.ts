import type { EngineBatch, EngineEvent, Progress } from '../../contract/events.ts';
import type { Clock } from './ports.ts';

/** Ten pictures a second: faster than anyone reads prices, slow enough for any screen. */
const FLUSH_MS = 100;

/** Events with a slot replace each other until the next flush; the others all go out, in order. */
function slotOf(event: EngineEvent): string | undefined {
  switch (event.type) {
    case 'quote':
      return `quote ${event.quote.instrument}`;
    case 'candle':
      // A closed bar is a fact and keeps its place; only the forming bar is replaced.
      return event.closed ? undefined : `candle ${event.candle.instrument} ${event.candle.timeframe}`;
    case 'candles-revised':
      return `${event.type} ${event.instrument}`;
    case 'forming-signal':
      return `${event.type} ${event.instrument} ${event.rule}`;
    case 'progress':
      return `progress ${event.progress.task}`;
    case 'feed':
    case 'market':
    case 'scan':
    case 'stats':
    case 'settings':
    case 'alerts-changed':
    case 'coverage-changed':
    case 'brokers':
    case 'rules':
    case 'paper-orders':
    case 'outcomes-changed':
    case 'mutes':
    case 'channels-changed':
    case 'reset':
      return event.type;
    case 'alert':
    case 'order':
    case 'notice':
      return undefined;
  }
}

/** Turns the engine's stream of events into numbered batches for screens. */
export class Publisher {
  readonly #clock: Clock;
  readonly #onQuotes: (waitedMs: number) => void;
  readonly #onFault: (thrown: unknown) => void;
  readonly #listeners = new Set<(batch: EngineBatch) => void>();
  #pending = new Map<string | symbol, EngineEvent>();
  #seq = 0;
  /** Tasks that are not done yet, the newest last. */
  readonly #running = new Map<Progress['task'], Progress>();
  /** When the oldest price that waits for the next batch came. */
  #quotesSince: number | undefined;

  /**
   * `onQuotes` hears how long the oldest price of a batch that leaves has waited; `onFault` of what a listener
   * threw, which neither the others nor the engine suffer for.
   */
  constructor(
    clock: Clock,
    onQuotes: (waitedMs: number) => void = () => undefined,
    onFault: (thrown: unknown) => void = () => undefined,
  ) {
    this.#clock = clock;
    this.#onQuotes = onQuotes;
    this.#onFault = onFault;
  }

  /** Number of the newest batch: a snapshot taken now holds all that came up to it. */
  get seq(): number {
    return this.#seq;
  }

  /** The task that goes on, for a screen that comes in the middle of it. */
  get progress(): Progress | undefined {
    return [...this.#running.values()].at(-1);
  }

  /** Whether any screen listens; what is published otherwise is lost. */
  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  subscribe(listener: (batch: EngineBatch) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  publish(event: EngineEvent): void {
    if (event.type === 'reset') this.#running.clear();
    if (event.type === 'progress') this.#follow(event.progress);
    if (!this.isHeard) return;
    if (this.#pending.size === 0) this.#clock.after(FLUSH_MS, () => this.flush());
    if (event.type === 'quote') this.#quotesSince ??= this.#clock.now();
    const slot = slotOf(event) ?? Symbol(event.type);
    // Deleting first moves the slot to the end, so a batch reads in the order things last happened.
    this.#pending.delete(slot);
    this.#pending.set(slot, event);
  }

  #follow(progress: Progress): void {
    this.#running.delete(progress.task);
    if (progress.done < progress.total) this.#running.set(progress.task, progress);
  }

  /** Sends what is waiting, now. */
  flush(): void {
    if (this.#pending.size === 0) return;
    if (this.#quotesSince !== undefined) this.#onQuotes(this.#clock.now() - this.#quotesSince);
    this.#quotesSince = undefined;
    this.#seq += 1;
    const batch: EngineBatch = { seq: this.#seq, events: [...this.#pending.values()] };
    this.#pending = new Map();
    for (const listener of this.#listeners) {
      try {
        listener(batch);
      } catch (thrown) {
        this.#onFault(thrown);
      }
    }
  }
}
