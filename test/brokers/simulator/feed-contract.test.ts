import { simulator } from '../../../src/main/brokers/simulator/index.ts';
import { describeFeed } from '../../support/feed-contract.ts';
import { openContext } from '../open-context.ts';

describeFeed('simulator', async () => {
  const context = openContext();
  const { feed, instruments, playback } = await simulator.open(context);
  playback?.setSpeed(10);
  return {
    feed,
    instruments: instruments.slice(0, 3).map(({ key }) => key),
    speak: () => context.clock.advance(500),
    close: () => undefined,
  };
});
