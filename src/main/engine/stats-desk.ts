import type { ConnectionMetrics } from '../../contract/connection.ts';
import type { EngineStats } from '../../contract/events.ts';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../core/brand.ts';
import type { Clock } from './ports.ts';

/** Samples of the last minute are enough for a percentile, and few enough to sort each second. */
const MAX_SAMPLES = 2_000;

/** Counts what the running feed does. */
export class StatsDesk {
  readonly #wall: Clock;
  readonly #rejects = new Map<string, number>();
  #messages = 0;
  #ticks = 0;
  #total = { ticks: 0, bars: 0, late: 0, outside: 0, reconnects: 0, inferred: 0, revised: 0, badBars: 0, differing: 0 };
  readonly #volumeResets: () => number;
  #rate = { messages: 0, ticks: 0 };
  #ratedAt: number;
  #lastTickAt: EpochMs | undefined;
  #latencies: { readonly at: number; readonly ms: number }[] = [];

  /** `wall` is the clock on the wall: latency and rates are ours, not the market's. `volumeResets` sums the tracks'. */
  constructor(wall: Clock, volumeResets: () => number = () => 0) {
    this.#wall = wall;
    this.#volumeResets = volumeResets;
    this.#ratedAt = wall.now();
  }

  get totals(): { readonly ticks: number; readonly bars: number; readonly outside: number; readonly late: number } {
    return this.#total;
  }

  heard(): void {
    this.#messages += 1;
  }

  tick(): void {
    this.#ticks += 1;
    this.#total.ticks += 1;
    this.#lastTickAt = this.#wall.now();
  }

  bar(): void {
    this.#total.bars += 1;
    this.#lastTickAt = this.#wall.now();
  }

  late(): void {
    this.#total.late += 1;
  }

  outside(): void {
    this.#total.outside += 1;
  }

  /** A print that was never sent showed in the day's high or low. */
  inferred(): void {
    this.#total.inferred += 1;
  }

  /** A bar changed after it had closed. */
  revised(): void {
    this.#total.revised += 1;
  }

  /** A bar was refused because it cannot be. */
  badBar(reason: string): void {
    this.#total.badBars += 1;
    this.rejected(`bar ${reason}`);
  }

  /** Messages of a venue were thrown away unread. */
  dropped(messages: number): void {
    this.#rejects.set('dropped', (this.#rejects.get('dropped') ?? 0) + messages);
  }

  /** A bar of ours differs from what a venue says of the same minute. */
  differs(): void {
    this.#total.differing += 1;
  }

  reconnected(): void {
    this.#total.reconnects += 1;
  }

  rejected(reason: string): void {
    this.#rejects.set(reason, (this.#rejects.get(reason) ?? 0) + 1);
  }

  /** A batch left for the screens whose oldest price had waited this long. */
  published(waitedMs: number): void {
    this.#latencies.push({ at: this.#wall.now(), ms: waitedMs });
    if (this.#latencies.length > MAX_SAMPLES) this.#latencies = this.#latencies.slice(-MAX_SAMPLES / 2);
  }

  /** The state now. To be called about once a second: the rates are since the last call. */
  report(marketTime: EpochMs, databaseBytes: number, connections: readonly ConnectionMetrics[] = []): EngineStats {
    const now = this.#wall.now();
    const seconds = Math.max(0.001, (now - this.#ratedAt) / SECOND_MS);
    if (seconds >= 0.5) {
      this.#rate = { messages: this.#messages / seconds, ticks: this.#ticks / seconds };
      this.#messages = 0;
      this.#ticks = 0;
      this.#ratedAt = now;
    }
    this.#latencies = this.#latencies.filter(({ at }) => at > now - MINUTE_MS);
    return {
      marketTime,
      messagesPerSecond: Math.round(this.#rate.messages),
      ticksPerSecond: Math.round(this.#rate.ticks),
      lastTickAt: this.#lastTickAt,
      rejects: Object.fromEntries(this.#rejects),
      late: this.#total.late,
      outsideSession: this.#total.outside,
      inferred: this.#total.inferred,
      revised: this.#total.revised,
      volumeResets: this.#volumeResets(),
      badBars: this.#total.badBars,
      latencyP95Ms: percentile(this.#latencies.map(({ ms }) => ms)),
      databaseBytes,
      reconnects: this.#total.reconnects,
      differing: this.#total.differing,
      connections,
    };
  }
}

function percentile(values: number[]): number | undefined {
  return values.sort((a, b) => a - b)[Math.floor(values.length * 0.95)];
}
