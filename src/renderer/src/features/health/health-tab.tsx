import type { ReactElement } from 'react';
import type { EpochMs } from '../../../../core/brand.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { CalendarWarning } from '../alerts/calendar-warning.tsx';
import { Facts } from '../alerts/facts.tsx';
import { LedgerSection } from '../ledger/ledger.tsx';
import { isLoginShort, loginLeft, loginUntilWords } from '../login/login-words.ts';
import { FeedActions } from '../top-bar/feed-actions.tsx';
import { feedSentence } from '../top-bar/feed-words.ts';
import { Connections } from './connections.tsx';
import { ExaminationSection } from './examination.tsx';
import { barRows, credentialWords, feedRows, rejectRows } from './health-words.ts';
import { LogTail } from './log-tail.tsx';
import { Standby } from './standby.tsx';
import { Subscriptions } from './subscriptions.tsx';

/** How the feed and the store are doing, what is wrong with them, and the way to try again. */
export function HealthTab(): ReactElement {
  const feed = useFeedStore((state) => state.feed);
  const stats = useFeedStore((state) => state.stats);
  const phase = useFeedStore((state) => state.market?.phase);
  const brokers = useSettingsStore((state) => state.brokers);
  const connected = useFeedStore((state) => state.connected);
  if (feed === undefined || stats === undefined)
    return <p className="empty">The engine has not answered yet. If this lasts, start Tickscope again.</p>;

  const now = Date.now() as EpochMs;
  const until = loginUntilWords(feed.loginUntil, now);
  const left = loginLeft(feed.loginUntil, now);
  const rejects = rejectRows(stats);
  const logins = brokers.flatMap((broker) => {
    const words = credentialWords(broker);
    return words === undefined ? [] : [[broker.manifest.label, words] as const];
  });
  return (
    <div className="side-page">
      <header className="health-head">
        <h3>{feed.label}</h3>
        <p>{feedSentence(feed, connected, phase)}</p>
        {until === undefined ? null : (
          <p data-warn={isLoginShort(feed, now) || undefined}>
            {until}
            {left === undefined ? '' : `, ${left}`}.
          </p>
        )}
      </header>
      <FeedActions withSettings={false} />
      <CalendarWarning />
      <ExaminationSection />
      <h3>Connections</h3>
      <Connections />
      <Standby />
      <div className="health-folds">
        <Subscriptions />
        <LogTail />
      </div>
      <LedgerSection />
      <h3>Feed</h3>
      <Facts rows={feedRows(stats, now)} />
      <h3>Bars</h3>
      <Facts rows={barRows(stats)} />
      <h3>Refused messages</h3>
      {rejects.length === 0 ? <p className="side-hint">None.</p> : <Facts rows={rejects} />}
      {logins.length === 0 ? null : (
        <>
          <h3>Login</h3>
          <Facts rows={logins} />
        </>
      )}
    </div>
  );
}
