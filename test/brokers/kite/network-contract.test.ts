import { openKite } from '../../../src/main/brokers/kite/session.ts';
import { FAKE_INSTRUMENTS } from '../../fakes/kite-instruments.ts';
import { startKiteVenue } from '../../fakes/kite-venue.ts';
import { describeNetworkFeed } from '../../support/network-feed-contract.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor } from './open-context.ts';
import { MARKET_HOURS } from './running-feed.ts';

describeNetworkFeed('kite', async () => {
  const clock = fastClock(10, MARKET_HOURS);
  const here = await startKiteVenue({ heartbeatMs: 20, keepsLimits: false, now: () => clock.now() });
  const session = await openKite(contextFor(here, FAKE_INSTRUMENTS, { clock }), {
    jitter: () => 0.5,
    limits: { instrumentsPerSocket: 1, sockets: 3 },
  });
  let step = 0;
  return {
    feed: session.feed,
    instruments: session.instruments.slice(0, 3).map((instrument) => instrument.key),
    speak() {
      step += 1;
      const time = clock.now();
      return here.tick(
        ...FAKE_INSTRUMENTS.map(({ token, price }) => ({
          token,
          ltp: price + step / 20,
          dayVolume: step,
          lastTradeTime: time,
          exchangeTime: time,
        })),
      );
    },
    cut: () => here.kill(),
    garble: () => here.send(Uint8Array.of(0, 1, 0, 8, 0, 0)),
    attempts: () => here.ticker.upgrades,
    lines: () => here.ticker.clients.size,
    mute(isMute) {
      here.faults.heartbeatsOnly = isMute;
    },
    expire() {
      here.faults.upgrade = 403;
      here.kill();
    },
    close: () => here.close(),
  };
});
