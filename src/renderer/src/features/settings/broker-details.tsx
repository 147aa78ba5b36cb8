import type { ReactElement } from 'react';
import type { BrokerState } from '../../../../contract/events.ts';
import type { FeedSettings, SettingsPatch } from '../../../../contract/settings.ts';
import { USUAL_SCHEDULE } from '../../../../contract/usual-schedule.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { LoginAction } from '../login/login-action.tsx';
import { credentialState, loginUntilWords, missingFields } from '../login/login-words.ts';
import { CredentialForm } from './credential-form.tsx';
import { InstrumentForm } from './instrument-form.tsx';
import { listWords } from './instrument-keys.ts';
import { MadeMarketForm } from './made-market-form.tsx';
import { optionsWords } from './option-values.ts';
import { OptionsForm } from './options-form.tsx';
import { ScheduleForm } from './schedule-form.tsx';
import { isUsual, scheduleWords } from './schedule-rows.ts';
import './broker-details.css';

interface BrokerDetailsProps {
  readonly broker: BrokerState;
  readonly feed: FeedSettings;
  readonly save: (patch: SettingsPatch) => Promise<boolean>;
}

/** One feed: what it is, its login, and all that can be set of it. Everything follows from its manifest. */
export function BrokerDetails({ broker, feed, save }: BrokerDetailsProps): ReactElement {
  const { manifest, fieldsSet } = broker;
  const { id, can, world } = manifest;
  const list = feed.lists[id];
  const schedule = list?.schedule ?? USUAL_SCHEDULE;
  const options = feed.options[id];
  const lacksFields = fieldsSet.length === 0 || missingFields(broker).length > 0;
  return (
    <div className="broker-details">
      <BrokerHead broker={broker} inUse={feed.source === id} save={save} />
      <MadeMarketForm world={world} feed={feed} save={save} />
      {manifest.credentialFields.length === 0 ? null : (
        <Disclosure title="Credentials" state={credentialState(broker).words} initiallyOpen={lacksFields}>
          <CredentialForm broker={broker} />
        </Disclosure>
      )}
      {manifest.options === undefined || manifest.options.length === 0 ? null : (
        <Disclosure title="Options" state={optionsWords(manifest.options, options)}>
          <OptionsForm
            fields={manifest.options}
            options={options}
            save={(name, value) => save({ feed: { options: { [id]: { [name]: value } } } })}
          />
        </Disclosure>
      )}
      {world === 'market' ? (
        <Disclosure title="Instruments" state={listWords(list?.instruments, manifest.presets)}>
          <InstrumentForm
            manifest={manifest}
            keys={list?.instruments}
            save={(instruments) => save({ feed: { lists: { [id]: { instruments: [...instruments] } } } })}
          />
        </Disclosure>
      ) : null}
      {can.stream && can.quotes ? (
        <Disclosure title="Schedule for Auto" state={isUsual(schedule) ? 'the usual' : scheduleWords(schedule)}>
          <ScheduleForm
            schedule={schedule}
            save={(rows) => save({ feed: { lists: { [id]: { schedule: [...rows] } } } })}
          />
        </Disclosure>
      ) : null}
    </div>
  );
}

interface BrokerHeadProps extends Pick<BrokerDetailsProps, 'broker' | 'save'> {
  readonly inUse: boolean;
}

function BrokerHead({ broker, inUse, save }: BrokerHeadProps): ReactElement {
  const { id, label, description, login } = broker.manifest;
  const running = useFeedStore((state) => (state.feed?.source === id ? state.feed : undefined));
  const until = loginUntilWords(running?.loginUntil, Date.now() as EpochMs);
  return (
    <header className="broker-head">
      <div>
        <h4>{label}</h4>
        {inUse ? (
          <em>in use</em>
        ) : (
          <button type="button" className="button primary" onClick={() => void save({ feed: { source: id } })}>
            Use {label}
          </button>
        )}
      </div>
      <p>{description}</p>
      {until === undefined ? null : <p className="broker-login">{until}.</p>}
      {login === undefined ? null : <LoginAction broker={broker} primary={false} besideForm />}
    </header>
  );
}
