import type { ReactElement } from 'react';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { formatSpan } from '../../format/time.ts';
import { useTicking } from '../../live/use-ticking.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { stateWord } from './state-word.ts';
import './status-strip.css';

/** The running numbers at the foot of the window, most important first: the last ones give way when it is narrow. */
export function StatusStrip(): ReactElement {
  const feed = useFeedStore((state) => state.feed);
  const stats = useFeedStore((state) => state.stats);
  const connected = useFeedStore((state) => state.connected);
  useTicking(1_000);

  if (feed === undefined || stats === undefined) {
    return <footer className="status-strip">{connected ? 'Starting' : 'Waiting for the engine'}</footer>;
  }
  const { word, tone } = stateWord(feed, connected);
  const rejected = Object.values(stats.rejects).reduce((sum, count) => sum + count, 0);

  return (
    <footer className="status-strip">
      <span className="status-source" data-tone={tone}>
        <i aria-hidden />
        {feed.source} <b>{word}</b>
      </span>
      <span>{formatCount(stats.messagesPerSecond)} msg/s</span>
      <span>last tick {stats.lastTickAt === undefined ? '–' : formatSpan(Date.now() - stats.lastTickAt)}</span>
      <span data-warn={rejected > 0 || undefined}>rejected {formatCount(rejected)}</span>
      <span>late {formatCount(stats.late)}</span>
      <span>
        latency p95 <b>{stats.latencyP95Ms === undefined ? '–' : `${formatCount(stats.latencyP95Ms)} ms`}</b>
      </span>
      <span>db {formatBytes(stats.databaseBytes)}</span>
      <span className="status-end">alerts only · orders off</span>
    </footer>
  );
}
