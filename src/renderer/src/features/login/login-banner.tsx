import { KeyRound } from 'lucide-react';
import type { ReactElement } from 'react';
import { useFeedStore } from '../../stores/feed-store.ts';
import { brokerOf, useSettingsStore } from '../../stores/settings-store.ts';
import { feedSentence, lacksLogin } from '../top-bar/feed-words.ts';
import { LoginAction } from './login-action.tsx';

/** What a broker's own sentence may begin with, and the banner's does. */
const SAID = /^[\w ]+ needs a login\. /;

/** The one task of a morning: the venue wants a login. Goes away by itself once it has one. */
export function LoginBanner(): ReactElement | null {
  const feed = useFeedStore((state) => state.feed);
  const connected = useFeedStore((state) => state.connected);
  const brokers = useSettingsStore((state) => state.brokers);
  const broker = useSettingsStore((state) => brokerOf(state, feed?.source));
  if (!connected || feed === undefined || broker === undefined || !lacksLogin(feed, brokers)) return null;
  return (
    <section className="login-banner" aria-label="Login">
      <KeyRound aria-hidden />
      <p>
        <b>{feed.label} needs a login.</b> {feedSentence(feed).replace(SAID, '')}
      </p>
      <LoginAction broker={broker} />
    </section>
  );
}
