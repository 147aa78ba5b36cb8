import type { ReactElement } from 'react';
import type { EpochMs } from '../../../../core/brand.ts';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { formatSpan } from '../../format/time.ts';
import { marketNow } from '../../live/market-clock.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { droppedBy } from '../health/connection-words.ts';
import { loginUntilWords } from '../login/login-words.ts';
import { FeedActions } from './feed-actions.tsx';
import { feedSentence, marketWords } from './feed-words.ts';
import './feed-details.css';

/** What stands behind the badge: numbers of the running feed, its last trouble, and Reconnect. */
export function FeedDetails(): ReactElement {
  const feed = useFeedStore((state) => state.feed);
  const market = useFeedStore((state) => state.market);
  const stats = useFeedStore((state) => state.stats);
  const connected = useFeedStore((state) => state.connected);
  if (feed === undefined || stats === undefined) return <p>The engine has not answered yet.</p>;

  const now = marketNow() ?? stats.marketTime;
  const until = loginUntilWords(feed.loginUntil, Date.now() as EpochMs);
  const rejects = Object.entries(stats.rejects).filter(([, count]) => count > 0);
  const rows: readonly (readonly [string, string])[] = [
    ['Market', marketWords(market, now)],
    ['Messages', `${formatCount(stats.messagesPerSecond)} /s`],
    ['Ticks', `${formatCount(stats.ticksPerSecond)} /s`],
    ['Last tick', stats.lastTickAt === undefined ? 'none yet' : `${formatSpan(Date.now() - stats.lastTickAt)} ago`],
    ['Latency p95', stats.latencyP95Ms === undefined ? '–' : `${formatCount(stats.latencyP95Ms)} ms`],
    ['Late ticks', formatCount(stats.late)],
    ['Outside hours', formatCount(stats.outsideSession)],
    ['Rejected', rejects.length === 0 ? '0' : rejects.map(([why, count]) => `${why} ${count}`).join(', ')],
    ['Dropped', formatCount(droppedBy(stats))],
    ['Reconnects', formatCount(stats.reconnects)],
    ...(until === undefined ? [] : [['Login', until.replace('Logged in ', '')] as const]),
    ['Database', formatBytes(stats.databaseBytes)],
  ];

  return (
    <>
      <header>
        <strong>{feed.label}</strong>
        <p>{feedSentence(feed, connected, market?.phase)}</p>
        {market?.warning === undefined ? null : <p>{market.warning}</p>}
      </header>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <footer>
        <FeedActions />
      </footer>
    </>
  );
}
