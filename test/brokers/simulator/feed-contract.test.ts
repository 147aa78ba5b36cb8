import { simulator } from '../../../src/main/brokers/simulator/index.ts';
import { describeFeed } from '../../support/feed-contract.ts';
import { openContext } from '../open-context.ts';

describeFeed('simulator', async () => {
  const context = openContext();
  const { feed, instruments } = await simulator.open(context);
  return {
    feed,
    // Names that trade nearly every second.
    instruments: instruments
      .map(({ key }) => key)
      .filter((key) => ['NSE:HDFCBANK', 'NSE:SBIN', 'NSE:ITC'].includes(key)),
    speak: () => context.clock.advance(100),
    close() {},
  };
});
