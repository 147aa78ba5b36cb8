import type { ReactElement } from 'react';
import { useFeedStore } from '../../stores/feed-store.ts';
import { comparedWords, connectionState, standbyWords } from './connection-words.ts';

/** The second venue: who carries the prices, and whether the two agree. */
export function Standby(): ReactElement | null {
  const feed = useFeedStore((state) => state.feed);
  const standby = feed?.standby ?? undefined;
  if (feed === undefined || standby === undefined) return null;
  const { tone } = connectionState(standby.status.state);
  return (
    <>
      <h3>Second venue</h3>
      <div className="standby" data-carrying={standby.isCarrying || undefined}>
        <p role={standby.isCarrying ? 'status' : undefined}>
          <i aria-hidden data-tone={standby.isCarrying ? 'warn' : tone} />
          {standbyWords(standby, feed.label)}
        </p>
        <p data-warn={standby.differing > 0 || undefined}>{comparedWords(standby)}</p>
      </div>
    </>
  );
}
