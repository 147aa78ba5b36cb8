import type { ReactElement } from 'react';
import type { BrokerManifest } from '../../../../contract/manifest.ts';
import type { FeedSettings, SettingsPatch } from '../../../../contract/settings.ts';
import { NumberRow } from '../../ui/number-row.tsx';
import { ReplayForm } from './replay-form.tsx';

interface MadeMarketFormProps {
  readonly world: BrokerManifest['world'];
  readonly feed: FeedSettings;
  readonly save: (patch: SettingsPatch) => Promise<boolean>;
}

/** What can be set of a market that no exchange makes: how fast it runs, and what it plays. */
export function MadeMarketForm({ world, feed, save }: MadeMarketFormProps): ReactElement | null {
  if (world === 'replay') return <ReplayForm replay={feed.replay} save={save} />;
  if (world === 'market') return null;
  return (
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
  );
}
