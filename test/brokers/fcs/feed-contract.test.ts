import { openFcs } from '../../../src/main/brokers/fcs/session.ts';
import { FAKE_SYMBOLS, startFcsVenue } from '../../fakes/fcs-venue.ts';
import { describeNetworkFeed } from '../../support/network-feed-contract.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor } from './open-context.ts';
import { MARKET_HOURS } from './running-feed.ts';

describeNetworkFeed('fcs', async () => {
  const clock = fastClock(10, MARKET_HOURS);
  const venue = await startFcsVenue({ now: () => clock.now() });
  const context = contextFor(venue, { clock, options: { reconnectDelay: 1_000 } });
  const session = await openFcs(context, { jitter: () => 0, patience: { staleMs: 5_000, dataMs: 60_000 } });
  let step = 0;
  let isMute = false;
  return {
    feed: session.feed,
    instruments: session.instruments.map((instrument) => instrument.key),
    async speak() {
      step += 1;
      if (isMute) return;
      for (const symbol of FAKE_SYMBOLS) await venue.trade(symbol, 100 + (step % 20) / 100);
    },
    cut: () => venue.socket.kill(),
    async garble() {
      await venue.socket.send('<html>no</html>');
      await venue.socket.send(Uint8Array.of(1, 2, 3));
    },
    attempts: () => venue.socket.upgrades.length,
    lines: () => venue.socket.clients.size,
    mute(now) {
      isMute = now;
    },
    expire() {
      venue.faults.everyone = true;
      venue.socket.kill();
    },
    close: () => venue.close(),
  };
});
