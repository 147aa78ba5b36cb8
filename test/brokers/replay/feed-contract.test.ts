import { replay } from '../../../src/main/brokers/replay/index.ts';
import { describeFeed } from '../../support/feed-contract.ts';
import { ist } from '../../support/ist.ts';
import { openContext } from '../open-context.ts';
import { file, replaySettings } from './recordings.ts';

describeFeed('replay', async () => {
  const seconds = Array.from({ length: 3_600 }, (_, at) => [ist('2022-08-10 10:00') / 1_000 + at, 100 + (at % 9)]);
  const files = ['AAA.csv', 'BBB.csv', 'CCC.csv'].map((name) => file(name, 'time,price', seconds));
  const context = openContext({ settings: replaySettings(files, 10) });
  const { feed, instruments } = await replay.open(context);
  return {
    feed,
    instruments: instruments.map(({ key }) => key),
    speak: () => context.clock.advance(100),
    close() {},
  };
});
