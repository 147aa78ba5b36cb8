import type { ReactElement } from 'react';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ChannelForm } from './channel-form.tsx';
import { ChannelTest } from './channel-test.tsx';
import { channelWords } from './channel-words.ts';
import { useChannels } from './use-channels.ts';
import './channel-list.css';

/** The ways in which alerts leave this window: what each needs, how it fares, and a button to try it. */
export function ChannelList(): ReactElement {
  const channels = useChannels();
  return (
    <>
      {channels.map((channel) => (
        <Disclosure key={channel.id} title={channel.label} state={channelWords(channel)}>
          {channel.id === 'desktop' ? (
            <ChannelTest channel={channel} isReady />
          ) : (
            <ChannelForm channel={{ ...channel, id: channel.id }} />
          )}
        </Disclosure>
      ))}
    </>
  );
}
