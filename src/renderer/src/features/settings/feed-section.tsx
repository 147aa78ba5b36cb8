import { type ReactElement, useEffect, useState } from 'react';
import type { Settings } from '../../../../contract/settings.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { brokerOf, useSettingsStore } from '../../stores/settings-store.ts';
import { useUiStore } from '../../stores/ui-store.ts';
import { NumberRow } from '../../ui/number-row.tsx';
import { feedSentence } from '../top-bar/feed-words.ts';
import { BrokerDetails } from './broker-details.tsx';
import { BrokerList } from './broker-list.tsx';
import { ModeRow } from './mode-row.tsx';
import { SectionFrame } from './section-frame.tsx';
import { StandbyRow } from './standby-row.tsx';
import { useSave } from './use-save.ts';

/** Where prices come from: one feed is in use, the others can be looked at and filled in. */
export function FeedSection({ settings: { feed } }: { readonly settings: Settings }): ReactElement {
  const brokers = useSettingsStore((state) => state.brokers);
  const asked = useUiStore((state) => state.feedShown);
  const [looked, setLooked] = useState<string>(asked ?? feed.source);
  // Somebody may ask for another while the window is open.
  useEffect(() => {
    if (asked !== undefined) setLooked(asked);
  }, [asked]);
  const { problem, save } = useSave();
  const running = useFeedStore((state) => state.feed);
  // A feed that could not be started says why where it can be helped.
  const stopped =
    running?.source === looked && running.status.state === 'stopped' && running.status.reason !== 'by-user'
      ? feedSentence(running)
      : undefined;
  const broker = brokerOf({ brokers }, looked);
  const inUse = brokerOf({ brokers }, feed.source);

  return (
    <SectionFrame title="Feed" problem={problem ?? stopped}>
      <div className="feed-split">
        <BrokerList brokers={brokers} inUse={feed.source} standby={feed.standby} looked={looked} onLook={setLooked} />
        {broker === undefined ? null : <BrokerDetails key={looked} broker={broker} feed={feed} save={save} />}
      </div>
      <h4>How prices come in</h4>
      <ModeRow mode={feed.mode} manifest={inUse?.manifest} save={save} />
      <NumberRow
        label="Scan every"
        hint="From the end of one scan to the next, when the mode is Polling."
        unit="s"
        min={5}
        max={600}
        value={feed.pollSeconds}
        onSave={(pollSeconds) => save({ feed: { pollSeconds } })}
      />
      <StandbyRow feed={feed} brokers={brokers} save={save} />
    </SectionFrame>
  );
}
