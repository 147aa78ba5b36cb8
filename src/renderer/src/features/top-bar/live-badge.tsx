import { Popover } from '@base-ui/react/popover';
import type { ReactElement } from 'react';
import type { EpochMs } from '../../../../core/brand.ts';
import { marketNow } from '../../live/market-clock.ts';
import { useTicking } from '../../live/use-ticking.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { Tip } from '../../ui/tip.tsx';
import { badgeState } from './badge-state.ts';
import { FeedDetails } from './feed-details.tsx';
import { lacksLogin } from './feed-words.ts';
import { MarketTime } from './market-time.tsx';
import './live-badge.css';

/** The feed's state in words, colour and shape, with the market's clock. A click tells more. */
export function LiveBadge(): ReactElement {
  const connected = useFeedStore((state) => state.connected);
  const feed = useFeedStore((state) => state.feed);
  const market = useFeedStore((state) => state.market);
  const needsLogin = lacksLogin(
    feed,
    useSettingsStore((state) => state.brokers),
  );
  const ages = feed?.status.state === 'stale' || feed?.status.state === 'waiting';
  useTicking(ages ? 500 : undefined);
  // Only a real market goes stale, waits or closes, and its time is the clock on the wall.
  const now = Date.now() as EpochMs;
  const { text, pace, phase, note, tone, shape } = badgeState({
    connected,
    feed,
    market,
    needsLogin,
    now,
    marketTime: marketNow(),
  });

  const warning = market?.warning;
  const trigger = (
    <Popover.Trigger className="live-badge" data-tone={tone}>
      <i data-shape={shape} aria-hidden />
      <span className="live-words">
        {text}
        {pace === undefined ? null : <b className="live-pace"> {pace}</b>}
        {phase === undefined ? null : <Phase words={phase} />}
        {note === undefined ? null : <small>{note}</small>}
      </span>
      <MarketTime />
      {warning === undefined ? null : (
        <span className="badge-warning">
          <span className="quiet">The calendar warns</span>
        </span>
      )}
    </Popover.Trigger>
  );

  return (
    <Popover.Root>
      {warning === undefined ? trigger : <Tip text={warning}>{trigger}</Tip>}
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" className="floating">
          <Popover.Popup className="popover feed-details">
            <Popover.Title className="quiet">Feed</Popover.Title>
            <FeedDetails />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** ` · CLOSING AUCTION`, of which a narrow window shows the last word; the first stays for who listens. */
function Phase({ words }: { readonly words: string }): ReactElement {
  const [last = '', ...before] = words.split(' ').reverse();
  return (
    <b className="live-phase">
      {' · '}
      {before.length === 0 ? null : <span>{before.reverse().join(' ')} </span>}
      {last}
    </b>
  );
}
