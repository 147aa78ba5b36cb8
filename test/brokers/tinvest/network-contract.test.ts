import { openTinvest } from '../../../src/main/brokers/tinvest/session.ts';
import { FAKE_INSTRUMENTS } from '../../fakes/tinvest-frames.ts';
import { startTinvestVenue } from '../../fakes/tinvest-venue.ts';
import { describeNetworkFeed } from '../../support/network-feed-contract.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor } from './open-context.ts';
import { MARKET_HOURS } from './running-feed.ts';

describeNetworkFeed('tinvest', async () => {
  const clock = fastClock(10, MARKET_HOURS);
  const venue = await startTinvestVenue({ now: () => clock.now(), rules: { pingScale: 200 } });
  const tuning = { jitter: () => 0.5, patience: { staleMs: 5_000, dataMs: 60_000 } };
  const session = await openTinvest(contextFor(venue, FAKE_INSTRUMENTS, { clock }), tuning);
  let step = 0;
  let isMute = false;
  return {
    feed: session.feed,
    instruments: session.instruments.map((instrument) => instrument.key),
    speak() {
      step += 1;
      if (isMute) return;
      const time = Math.floor(clock.now());
      for (const { uid, price } of FAKE_INSTRUMENTS)
        venue.trade({ uid, price: price + step / 20, quantity: 1 + (step % 3), side: 'buy', time });
    },
    cut: () => venue.stream.kill(),
    garble: () => venue.send('<html>no</html>'),
    attempts: () => venue.stream.upgrades,
    lines: () => venue.stream.clients.size,
    mute(now) {
      isMute = now;
    },
    expire() {
      venue.expireToken();
      venue.stream.kill();
    },
    close: () => venue.close(),
  };
});
