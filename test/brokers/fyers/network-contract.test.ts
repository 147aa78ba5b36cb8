import { openFyers } from '../../../src/main/brokers/fyers/session.ts';
import { FAKE_SYMBOLS } from '../../fakes/fyers-symbols.ts';
import { startFyersVenue } from '../../fakes/fyers-venue.ts';
import { describeNetworkFeed } from '../../support/network-feed-contract.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor } from './open-context.ts';
import { MARKET_HOURS } from './running-feed.ts';

describeNetworkFeed('fyers', async () => {
  const clock = fastClock(10, MARKET_HOURS);
  const here = await startFyersVenue({ keepsLimits: false, now: () => clock.now() });
  const session = await openFyers(contextFor(here, FAKE_SYMBOLS, { clock }), { jitter: () => 0.5 });
  let step = 0;
  return {
    feed: session.feed,
    instruments: session.instruments.map((instrument) => instrument.key),
    speak() {
      step += 1;
      const now = Math.floor(clock.now() / 1_000);
      return here.tickAll(
        new Map(
          FAKE_SYMBOLS.map((symbol) => {
            const ltp = symbol.price + step / 20;
            return [
              symbol,
              symbol.indexName === undefined ? { ltp, v: 1_000 + step, ltt: now, fdtm: now } : { iv: ltp, tvalue: now },
            ];
          }),
        ),
      );
    },
    cut: () => here.kill(),
    garble: () => here.data.send(Uint8Array.of(0, 1, 6, 0, 0)),
    attempts: () => here.upgrades.length,
    lines: () => here.data.server.clients.size + here.orders.server.clients.size,
    mute(isMute) {
      here.faults.mute = isMute;
    },
    expire() {
      here.faults.upgrade = 403;
      here.kill();
    },
    close: () => here.close(),
  };
});
