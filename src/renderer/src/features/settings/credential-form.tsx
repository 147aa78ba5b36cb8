import type { ReactElement } from 'react';
import type { BrokerState } from '../../../../contract/events.ts';
import { formatDateTime } from '../../format/time.ts';
import { invoke } from '../../live/engine.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { WriteOnlyForm } from './write-only-form.tsx';

/** A broker's credentials, as its manifest lists them. */
export function CredentialForm({ broker }: { readonly broker: BrokerState }): ReactElement {
  const { manifest, fieldsSet, savedAt } = broker;
  return (
    <WriteOnlyForm
      className="credential-form"
      fields={manifest.credentialFields}
      fieldsSet={fieldsSet}
      save={async (fields) => {
        const brokers = await invoke('credentials.save', { broker: manifest.id, fields });
        useSettingsStore.setState({ brokers });
      }}
      failure="The credentials were not saved. Try again."
      note={
        savedAt === undefined ? 'Stays on this machine.' : `Saved ${formatDateTime(savedAt)}. Stays on this machine.`
      }
      saveLabel="Save login"
    />
  );
}
