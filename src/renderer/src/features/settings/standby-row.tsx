import type { ReactElement } from 'react';
import type { BrokerState } from '../../../../contract/events.ts';
import type { FeedSettings, SettingsPatch } from '../../../../contract/settings.ts';
import { brokerOf } from '../../stores/settings-store.ts';
import { FormRow } from '../../ui/form-row.tsx';

interface StandbyRowProps {
  readonly feed: FeedSettings;
  readonly brokers: readonly BrokerState[];
  readonly save: (patch: SettingsPatch) => Promise<boolean>;
}

/** A second venue with the same instruments. A made market has nothing that could be checked. */
export function StandbyRow({ feed, brokers, save }: StandbyRowProps): ReactElement {
  const isReal = brokerOf({ brokers }, feed.source)?.manifest.world === 'market';
  const others = brokers.filter(({ manifest }) => manifest.world === 'market' && manifest.id !== feed.source);
  return (
    <FormRow
      label="Check and stand in"
      hint={
        isReal
          ? 'A second venue with the same instruments: its bars are compared, and it takes over within seconds when the first falls silent.'
          : 'For real markets: choose a broker as the feed first.'
      }
    >
      {(ids) => (
        <select
          {...ids}
          className="select"
          disabled={!isReal || others.length === 0}
          value={feed.standby ?? ''}
          onChange={({ target }) => void save({ feed: { standby: target.value === '' ? null : target.value } })}
        >
          <option value="">Nobody</option>
          {others.map(({ manifest: { id, label } }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      )}
    </FormRow>
  );
}
