import { describeNetworkFeed } from '../support/network-feed-contract.ts';
import { fastClock } from '../support/real-clock.ts';
import { GRAINS, startFakePigeon } from './fake-pigeon.ts';
import { contextAt } from './open-context.ts';
import { openPigeon } from './pigeon/session.ts';

describeNetworkFeed('pigeon', async () => {
  const clock = fastClock(10);
  const exchange = await startFakePigeon(() => clock.now());
  const session = await openPigeon(contextAt(exchange, { clock }), () => 0);
  let step = 0;
  return {
    feed: session.feed,
    instruments: session.instruments.map(({ key }) => key),
    speak() {
      step += 1;
      for (const { symbol, price } of GRAINS) exchange.trade(symbol, price + step, 1 + (step % 3), 'buy');
    },
    cut: exchange.cut,
    garble() {
      for (const frame of ['<html>', '[]', '{"t":"trade","s":"CORN","p":-1,"q":1,"ts":1}', '{"t":"coo"}'])
        exchange.send(frame);
      exchange.send(Uint8Array.of(1, 2, 3));
    },
    attempts: () => exchange.attempts,
    lines: exchange.lines,
    mute(isMute) {
      exchange.isMute = isMute;
    },
    expire: exchange.expire,
    close: exchange.close,
  };
});
