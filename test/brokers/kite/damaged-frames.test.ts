import type { Tick } from '../../../src/core/tick.ts';
import { decodeMessage } from '../../../src/main/brokers/kite/decode-message.ts';
import { createLine } from '../../../src/main/brokers/kite/line.ts';
import { createLogin } from '../../../src/main/brokers/kite/login.ts';
import { createOrderNews } from '../../../src/main/brokers/kite/order-news.ts';
import { Meter } from '../../../src/main/brokers/transport/meter.ts';
import type { Logger } from '../../../src/main/engine/ports.ts';
import { frame, packetOf } from '../../fakes/kite-packets.ts';
import { describeDamage } from '../../support/damage-contract.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { INFY, instruments, NIFTY, RELIANCE, receivedAt, USDINR } from './frame-instruments.ts';
import { MESSAGES } from './worked-examples.ts';

const levels = (price: number) =>
  Array.from({ length: 5 }, (_none, at) => ({ price: price + at, quantity: 7, orders: 2 }));
const FRAMES: readonly (string | Uint8Array)[] = [
  ...Object.values(MESSAGES),
  frame(
    packetOf(
      { token: INFY, ltp: 1_500, dayVolume: 10, exchangeTime: receivedAt, buy: levels(1_490), sell: levels(1_501) },
      'full',
    ),
    packetOf({ token: NIFTY, ltp: 23_000, exchangeTime: receivedAt }, 'full'),
    packetOf({ token: RELIANCE, ltp: 2_940.7, dayVolume: 7 }, 'quote'),
    packetOf({ token: USDINR, ltp: 83.5025 }, 'ltp'),
  ),
  '{"type":"order","data":{"order_id":"1234567890123456789","status":"COMPLETE","status_message":null,"order_timestamp":"2024-06-12 12:46:10","exchange_update_timestamp":"2024-06-12 12:46:11","tradingsymbol":"INFY","instrument_token":408065,"transaction_type":"BUY","quantity":10,"filled_quantity":10,"average_price":1500.35}}',
  '{"type":"error","data":"Invalid token"}',
  '{"type":"message","data":"The market closes early today."}',
  '{"type":"instruments_meta","data":{"count":86423,"etag":"W/\\"abc\\""}}',
];

const QUIET: Logger = {
  info() {},
  warn() {},
  error: (error) => {
    throw error;
  },
};

describeDamage('kite', () => {
  const clock = new FakeClock(receivedAt);
  const notes = new FeedNotes(10);
  const { link, want } = createLine({
    login: createLogin('key', 'token-of-somebody', clock.now()),
    wsUrl: 'ws://127.0.0.1:1',
    keys: instruments,
    clock,
    logger: QUIET,
    sink: notes,
    meter: new Meter('ticker 1', clock),
    tap: { connection: 'ticker 1', to: undefined },
    isMarketOpen: () => true,
    wantsBooks: () => true,
    judgeOrder: createOrderNews(),
    status: () => undefined,
  });
  want(new Set(instruments.keys()));
  return {
    frames: FRAMES,
    read(message) {
      const before = notes.tickCount;
      notes.rejects.length = 0;
      notes.pictures.length = 0;
      notes.orders.length = 0;
      notes.forget();
      link.received(message);
      for (const tick of [...notes.recent, ...notes.pictures]) check(tick);
      for (const { quantity, filledQuantity, time } of notes.orders)
        if (!(quantity >= 0 && filledQuantity >= 0 && Number.isSafeInteger(time)))
          throw new Error('an order that cannot be');
      for (const { reason, detail } of notes.rejects)
        if (reason === '' || detail.length > 300) throw new Error(`a reject without measure: ${reason}`);
      if (typeof message !== 'string') decodeMessage(message);
      return notes.tickCount > before;
    },
  };
});

function check({ instrument, ltp, time, dayVolume = 0, book }: Tick): void {
  const isKnown = [...instruments.values()].includes(instrument);
  const isPrice = ltp > 0 && Number.isFinite(ltp) && dayVolume >= 0;
  const isTime = Number.isSafeInteger(time) && time > 0 && time <= receivedAt + 86_400_000;
  const sides = [...(book?.bids ?? []), ...(book?.asks ?? [])];
  if (!isKnown || !isPrice || !isTime || !sides.every(({ price, quantity }) => price > 0 && quantity >= 0))
    throw new Error(`a tick that cannot be: ${JSON.stringify({ instrument, ltp, time, dayVolume })}`);
}
