import type { ReactElement } from 'react';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { formatSpan } from '../../format/time.ts';
import { useTicking } from '../../live/use-ticking.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useOrderStore } from '../../stores/order-store.ts';
import { tradesOnPaper, useRuleStore } from '../../stores/rule-store.ts';
import { droppedBy } from '../health/connection-words.ts';
import { stateWord } from './state-word.ts';
import './status-strip.css';

/** The running numbers at the foot of the window, most important first: the last ones give way when it is narrow. */
export function StatusStrip(): ReactElement {
  const feed = useFeedStore((state) => state.feed);
  const stats = useFeedStore((state) => state.stats);
  const connected = useFeedStore((state) => state.connected);
  const isOn = useOrderStore(({ orders }) => orders?.enabled === true);
  const trades = useRuleStore(tradesOnPaper) && isOn;
  useTicking(1_000);

  if (feed === undefined || stats === undefined) {
    return <footer className="status-strip">{connected ? 'Starting' : 'Waiting for the engine'}</footer>;
  }
  const { word, tone } = stateWord(feed, connected);
  const rejected = Object.values(stats.rejects).reduce((sum, count) => sum + count, 0);
  const dropped = droppedBy(stats);
  const many = stats.connections.length;

  return (
    <footer className="status-strip">
      <span className="status-source" data-tone={tone}>
        <i aria-hidden />
        {feed.source} <b>{word}</b>
      </span>
      <span title={many > 1 ? `Over ${many} connections` : undefined}>
        {formatCount(stats.messagesPerSecond)} msg/s
      </span>
      <span>last tick {stats.lastTickAt == null ? '–' : formatSpan(Date.now() - stats.lastTickAt)}</span>
      <span data-warn={dropped > 0 || undefined} title="Messages thrown away because more came than could be read">
        dropped {formatCount(dropped)}
      </span>
      <span
        data-warn={stats.differing > 0 || undefined}
        title="Bars of which the venue or the second one tells otherwise"
      >
        differing {formatCount(stats.differing)}
      </span>
      <span data-warn={rejected > 0 || undefined}>rejected {formatCount(rejected)}</span>
      <span>late {formatCount(stats.late)}</span>
      <span>
        latency p95 <b>{stats.latencyP95Ms == null ? '–' : `${formatCount(stats.latencyP95Ms)} ms`}</b>
      </span>
      <span>db {formatBytes(stats.databaseBytes)}</span>
      <span className="status-end">{trades ? 'alerts · orders on paper' : 'alerts only · orders off'}</span>
    </footer>
  );
}
