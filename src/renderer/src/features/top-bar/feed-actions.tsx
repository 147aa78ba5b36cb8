import { LogIn, RefreshCw, RotateCcw } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { attempt } from '../../live/engine.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { openSettings } from '../../stores/ui-store.ts';
import { lacksLogin } from './feed-words.ts';

/** What can be done about the feed. The first button is the one that helps where the feed stands still. */
export function FeedActions(): ReactElement {
  const feed = useFeedStore((state) => state.feed);
  const connected = useFeedStore((state) => state.connected);
  const brokers = useSettingsStore((state) => state.brokers);
  const [busy, setBusy] = useState(false);
  const reconnect = async (): Promise<void> => {
    setBusy(true);
    await attempt('feed.reconnect', null);
    setBusy(false);
  };
  const disabled = busy || !connected;
  const state = feed?.status.state;

  if (lacksLogin(feed, brokers)) {
    return (
      <div className="feed-actions">
        <button type="button" className="button primary" onClick={() => openSettings('feed', feed?.source)}>
          <LogIn aria-hidden />
          Log in
        </button>
        <button type="button" className="button" disabled={disabled} onClick={() => void reconnect()}>
          Reconnect
        </button>
      </div>
    );
  }
  const Icon = state === 'finished' ? RotateCcw : RefreshCw;
  const helps = state !== 'live' && state !== 'connecting';
  return (
    <div className="feed-actions">
      <button
        type="button"
        className={helps ? 'button primary' : 'button'}
        disabled={disabled}
        onClick={() => void reconnect()}
      >
        <Icon aria-hidden />
        {state === 'finished' ? 'Play again' : 'Reconnect'}
      </button>
      <button type="button" className="button" onClick={() => openSettings('feed')}>
        Feed settings
      </button>
    </div>
  );
}
