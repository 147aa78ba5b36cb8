import { type ReactElement, useState } from 'react';
import type { Settings, Source } from '../../../../contract/settings.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { useUiStore } from '../../stores/ui-store.ts';
import { NumberRow } from '../../ui/number-row.tsx';
import { feedSentence } from '../top-bar/feed-words.ts';
import { CredentialForm } from './credential-form.tsx';
import { ReplayForm } from './replay-form.tsx';
import { SectionFrame } from './section-frame.tsx';
import { useSave } from './use-save.ts';

/** Where prices come from: one feed is in use, the others can be looked at and filled in. */
export function FeedSection({ settings: { feed } }: { readonly settings: Settings }): ReactElement {
  const brokers = useSettingsStore((state) => state.brokers);
  const [looked, setLooked] = useState<string>(useUiStore.getState().feedShown ?? feed.source);
  const { problem, save } = useSave();
  const running = useFeedStore((state) => state.feed);
  // A feed that could not be started says why where it can be helped.
  const stopped =
    running?.source === looked && running.status.state === 'stopped' && running.status.reason !== 'by-user'
      ? feedSentence(running)
      : undefined;
  const broker = brokers.find(({ manifest }) => manifest.id === looked);

  return (
    <SectionFrame title="Feed" problem={problem ?? stopped}>
      <fieldset className="feed-choice">
        <legend className="quiet">Where prices come from</legend>
        {brokers.map(({ manifest: { id, label, description } }) => (
          <label key={id}>
            <input type="radio" name="feed" checked={looked === id} onChange={() => setLooked(id)} />
            <span>
              <b>{label}</b>
              {feed.source === id ? <em>in use</em> : null}
              <small>{description}</small>
            </span>
          </label>
        ))}
      </fieldset>

      {looked === 'simulator' ? (
        <>
          <NumberRow
            label="Speed"
            hint="Market seconds in a second of yours."
            unit="×"
            min={1}
            max={1_000}
            value={feed.simulator.speed}
            onSave={(speed) => save({ feed: { simulator: { speed } } })}
          />
          <NumberRow
            label="Seed"
            hint="The same seed gives the same market."
            min={0}
            max={2 ** 31 - 1}
            value={feed.simulator.seed}
            onSave={(seed) => save({ feed: { simulator: { seed } } })}
          />
        </>
      ) : null}
      {looked === 'replay' ? <ReplayForm replay={feed.replay} save={save} /> : null}
      {broker === undefined || broker.manifest.credentialFields.length === 0 ? null : (
        <CredentialForm key={broker.manifest.id} broker={broker} />
      )}
      {looked === feed.source ? null : (
        <p className="feed-use">
          <button
            type="button"
            className="button primary" // The engine's own list of feeds; it checks the answer all the same.
            onClick={() => void save({ feed: { source: looked as Source } })}
          >
            Use {broker?.manifest.label ?? looked}
          </button>
        </p>
      )}

      <h4>Polling</h4>
      <NumberRow
        label="Scan every"
        hint="From the end of one scan to the next, when the mode is Polling."
        unit="s"
        min={5}
        max={600}
        value={feed.pollSeconds}
        onSave={(pollSeconds) => save({ feed: { pollSeconds } })}
      />
    </SectionFrame>
  );
}
