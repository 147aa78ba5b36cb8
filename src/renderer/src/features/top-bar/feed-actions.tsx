import { Play, RefreshCw, RotateCcw, Square } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import { attempt } from '../../live/engine.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { brokerOf, useSettingsStore } from '../../stores/settings-store.ts';
import { openSettings } from '../../stores/ui-store.ts';
import { LoginAction } from '../login/login-action.tsx';
import { lacksLogin, startDeed } from './feed-words.ts';

const ICONS = { 'Start monitoring': Play, 'Play again': RotateCcw, Reconnect: RefreshCw } as const;

/** What can be done about the feed. The first button is the one that helps where the feed stands still. */
export function FeedActions({ withSettings = true }: { readonly withSettings?: boolean }): ReactElement {
  const feed = useFeedStore((state) => state.feed);
  const connected = useFeedStore((state) => state.connected);
  const brokers = useSettingsStore((state) => state.brokers);
  const broker = useSettingsStore((state) => brokerOf(state, feed?.source));
  const [busy, setBusy] = useState(false);
  const run = async (command: 'feed.reconnect' | 'feed.stop'): Promise<void> => {
    setBusy(true);
    await attempt(command, null);
    setBusy(false);
  };
  const disabled = busy || !connected;
  const state = feed?.status.state;
  const deed = startDeed(feed?.status);
  const Icon = ICONS[deed];
  const needsLogin = broker !== undefined && lacksLogin(feed, brokers);
  const helps = state !== 'live' && state !== 'connecting' && !needsLogin;

  return (
    <div className="feed-actions">
      {needsLogin ? <LoginAction broker={broker} /> : null}
      <button
        type="button"
        className={helps ? 'button primary' : 'button'}
        disabled={disabled}
        onClick={() => void run('feed.reconnect')}
      >
        <Icon aria-hidden />
        {deed}
      </button>
      {state === 'stopped' || state === 'finished' || state === 'idle' ? null : (
        <button type="button" className="button" disabled={disabled} onClick={() => void run('feed.stop')}>
          <Square aria-hidden />
          Stop monitoring
        </button>
      )}
      {withSettings ? <FeedSettingsButton /> : null}
    </div>
  );
}

export function FeedSettingsButton(): ReactElement {
  return (
    <button type="button" className="button" onClick={() => openSettings('feed')}>
      Feed settings
    </button>
  );
}
