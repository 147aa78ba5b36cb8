import { RefreshCw } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { attempt } from '../../live/engine.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { openSettings } from '../../stores/ui-store.ts';
import { feedSentence } from '../top-bar/feed-words.ts';
import { Facts } from './facts.tsx';
import { credentialWords, feedRows, rejectRows } from './health-words.ts';

/** How the feed and the store are doing, and the way to try again. */
export function HealthTab(): ReactElement {
  const feed = useFeedStore((state) => state.feed);
  const stats = useFeedStore((state) => state.stats);
  const brokers = useSettingsStore((state) => state.brokers);
  const [busy, setBusy] = useState(false);
  if (feed === undefined || stats === undefined)
    return <p className="empty">The engine has not answered yet. If this lasts, start Tickscope again.</p>;

  const rejects = rejectRows(stats);
  const logins = brokers.flatMap((broker) => {
    const words = credentialWords(broker);
    return words === undefined ? [] : [[broker.manifest.label, words] as const];
  });
  const reconnect = async (): Promise<void> => {
    setBusy(true);
    await attempt('feed.reconnect', null);
    setBusy(false);
  };
  return (
    <div className="side-page">
      <header className="health-head">
        <h3>{feed.label}</h3>
        <p>{feedSentence(feed)}</p>
      </header>
      <div className="side-buttons">
        <button type="button" className="button" disabled={busy} onClick={() => void reconnect()}>
          <RefreshCw aria-hidden="true" />
          Reconnect
        </button>
        <button type="button" className="button" onClick={() => openSettings('feed')}>
          Feed settings
        </button>
      </div>
      <Facts rows={feedRows(stats, Date.now())} />
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
