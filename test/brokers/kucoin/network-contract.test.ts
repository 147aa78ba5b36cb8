import { openKucoin } from '../../../src/main/brokers/kucoin/session.ts';
import { startKucoinVenue } from '../../fakes/kucoin-venue.ts';
import { describeNetworkFeed } from '../../support/network-feed-contract.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor } from './open-context.ts';

// Nobody logs in at KuCoin's public data, so nothing expires.
describeNetworkFeed('kucoin', async () => {
  const clock = fastClock(10);
  const venue = await startKucoinVenue({ now: () => clock.now(), pingIntervalMs: 2_000, pingTimeoutMs: 5_000 });
  const tuning = { jitter: () => 0.5, patience: { staleMs: 5_000, dataMs: 60_000 } };
  const session = await openKucoin(contextFor(venue, { clock }), tuning);
  let step = 0;
  return {
    feed: session.feed,
    instruments: session.instruments.map((instrument) => instrument.key),
    async speak() {
      step += 1;
      for (const { key: name } of session.instruments)
        await venue.trade(name.slice('KUCOIN:'.length), { price: `${100 + step}` });
    },
    cut: () => venue.kill(),
    async garble() {
      await venue.send('<html>no</html>');
      await venue.send(Uint8Array.of(1, 2, 3));
    },
    // Each attempt needs a token of its own.
    attempts: () => venue.tokens.length,
    lines: () => venue.clients.filter(({ isOpen }) => isOpen).length,
    mute(isMute) {
      venue.faults.mute = isMute;
    },
    close: () => venue.close(),
  };
});
