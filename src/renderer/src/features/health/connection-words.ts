import type { ConnectionMetrics } from '../../../../contract/connection.ts';
import type { EngineStats, StandbyState } from '../../../../contract/events.ts';
import type { FeedStatus } from '../../../../core/feed-status.ts';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { formatSpan } from '../../format/time.ts';
import { carriedWords } from '../top-bar/feed-words.ts';

export type Tone = 'good' | 'calm' | 'warn' | 'bad';

const STATES: Readonly<Record<FeedStatus['state'], readonly [words: string, tone: Tone]>> = {
  idle: ['not started', 'calm'],
  connecting: ['connecting', 'warn'],
  live: ['live', 'good'],
  stale: ['silent', 'warn'],
  waiting: ['reconnecting', 'warn'],
  finished: ['finished', 'calm'],
  stopped: ['stopped', 'bad'],
};

/** A connection's state in one word, and how good that is. */
export function connectionState(state: FeedStatus['state']): { readonly words: string; readonly tone: Tone } {
  const [words, tone] = STATES[state];
  return { words, tone };
}

/** A row of the table: what is told, and of each connection how much. Counts that are trouble have a colour. */
export interface MetricRow {
  readonly name: string;
  readonly values: readonly string[];
  readonly isTrouble: readonly boolean[];
}

/** The connections side by side. `now` is the time here: epoch ms. */
export function metricRows(connections: readonly ConnectionMetrics[], now: number): readonly MetricRow[] {
  const row = (
    name: string,
    read: (one: ConnectionMetrics) => string,
    isTrouble: (one: ConnectionMetrics) => boolean = () => false,
  ): MetricRow => ({ name, values: connections.map(read), isTrouble: connections.map(isTrouble) });
  return [
    row('Messages', ({ messages }) => formatCount(messages)),
    row('Received', ({ bytes }) => formatBytes(bytes)),
    row('Subscriptions', ({ subscriptions }) => formatCount(subscriptions)),
    row('Last message', ({ lastMessageAt }) => ago(lastMessageAt, now)),
    row('Last price', ({ lastDataAt }) => ago(lastDataAt, now)),
    row('Latency', ({ latencyMs }) => (latencyMs == null ? '–' : `${formatCount(Math.round(latencyMs))} ms`)),
    row('Up for', ({ connectedAt }) => (connectedAt == null ? '–' : formatSpan(now - connectedAt))),
    row(
      'Errors',
      ({ errors }) => formatCount(errors),
      ({ errors }) => errors > 0,
    ),
    row(
      'Dropped',
      ({ drops }) => formatCount(drops),
      ({ drops }) => drops > 0,
    ),
    row('Reconnects', ({ reconnects }) => formatCount(reconnects)),
    row('Rotations', ({ rotations }) => formatCount(rotations)),
  ];
}

// A field that nobody knows comes as null where it crossed a wire.
function ago(at: number | null | undefined, now: number): string {
  return at == null ? 'none yet' : `${formatSpan(now - at)} ago`;
}

/** Messages thrown away over all connections. */
export function droppedBy({ connections }: Pick<EngineStats, 'connections'>): number {
  return connections.reduce((sum, { drops }) => sum + drops, 0);
}

/** Who carries the prices, where a second venue stands by. */
export function standbyWords(standby: StandbyState, first: string): string {
  if (standby.isCarrying) return carriedWords(first, standby);
  const { words, tone } = connectionState(standby.status.state);
  return tone === 'good'
    ? `${standby.label} checks ${first}, and stands in for it when it falls silent.`
    : `${standby.label} should check ${first}, but is ${words}.`;
}

/** `1,204 bars compared, 3 differed`. */
export function comparedWords({ compared, differing }: Pick<StandbyState, 'compared' | 'differing'>): string {
  if (compared === 0) return 'No bar compared yet.';
  const bars = `${formatCount(compared)} bar${compared === 1 ? '' : 's'} compared`;
  return differing === 0 ? `${bars}, all alike.` : `${bars}, ${formatCount(differing)} differed.`;
}
