import { useEffect } from 'react';
import type { ChannelState } from '../../../../contract/channels.ts';
import { attempt } from '../../live/engine.ts';
import { useChannelStore } from '../../stores/channel-store.ts';
import { useFeedStore } from '../../stores/feed-store.ts';

/** The channels as the engine has them, asked anew whenever it says that they changed. */
export function useChannels(): readonly ChannelState[] {
  const channels = useChannelStore((state) => state.channels);
  const changes = useChannelStore((state) => state.changes);
  const generation = useFeedStore((state) => state.generation);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change, and another world, are reasons to ask again.
  useEffect(() => {
    let isWanted = true;
    void attempt('channels.load', null).then((loaded) => {
      if (isWanted && loaded !== undefined) useChannelStore.setState({ channels: loaded });
    });
    return () => {
      isWanted = false;
    };
  }, [changes, generation]);
  return channels;
}
