import type { ReactElement } from 'react';
import type { ChannelState, RemoteChannel } from '../../../../contract/channels.ts';
import { invoke } from '../../live/engine.ts';
import { useChannelStore } from '../../stores/channel-store.ts';
import { ChannelTest } from './channel-test.tsx';
import { isSetUp } from './channel-words.ts';
import { WriteOnlyForm } from './write-only-form.tsx';

interface ChannelFormProps {
  readonly channel: ChannelState & { readonly id: RemoteChannel };
}

/** What a channel needs, and a way to try it. */
export function ChannelForm({ channel }: ChannelFormProps): ReactElement {
  const { id, label, fields, fieldsSet } = channel;
  return (
    <WriteOnlyForm
      className="credential-form channel-form"
      fields={fields.map((field) => ({ ...field, required: true }))}
      fieldsSet={fieldsSet}
      save={async (changed) => {
        useChannelStore.setState({ channels: await invoke('channels.save', { channel: id, fields: changed }) });
      }}
      failure="It was not saved. Try again."
      note="Stays on this machine."
      saveLabel="Save"
      saveName={`Save ${label}`}
    >
      <ChannelTest key={fieldsSet.join(' ')} channel={channel} isReady={isSetUp(channel)} />
    </WriteOnlyForm>
  );
}
