import { DAY_MS, type InstrumentKey } from '../../../src/core/brand.ts';
import { type Instrument, symbolOf } from '../../../src/core/instrument.ts';
import type { Tick } from '../../../src/core/tick.ts';
import type { Jitter } from '../../../src/main/brokers/transport/back-off.ts';
import { Meter } from '../../../src/main/brokers/transport/meter.ts';
import { supervise } from '../../../src/main/brokers/transport/supervisor.ts';
import { WakeBell } from '../../../src/main/brokers/transport/wake-bell.ts';
import type { WireTap } from '../../../src/main/brokers/transport/wire-tap.ts';
import type { Clock, Feed, FeedSink, Logger } from '../../../src/main/engine/ports.ts';
import { createLine, type Line } from './line.ts';
import type { PigeonQuote, PigeonTrade } from './read-message.ts';

export interface PigeonFeedParts {
  readonly wsUrl: string;
  readonly instruments: readonly Instrument[];
  readonly offers: boolean;
  readonly clock: Clock;
  readonly jitter: Jitter;
  readonly logger: Logger;
  readonly tap: WireTap | undefined;
  token(): string;
}

/** A time further ahead than this is no clock that runs fast. */
const FURTHEST_AHEAD_MS = DAY_MS;

/** Trades and offers over one socket. */
export function createPigeonFeed(parts: PigeonFeedParts): Feed {
  const { clock } = parts;
  const keys = new Map(parts.instruments.map(({ key }) => [symbolOf(key), key]));
  const bell = new WakeBell();
  let watched: ReadonlySet<InstrumentKey> = new Set();
  let line: Line | undefined;
  let meter: Meter | undefined;

  return {
    watch(instruments) {
      watched = instruments;
      line?.ask();
    },
    wake: () => bell.ring(),
    connections: () => (meter === undefined ? [] : [meter.metrics]),
    async run(sink, stop) {
      const counter = new Meter('prices', clock);
      meter = counter;
      const reject = (reason: string, detail: string): void => sink.rejected(reason, detail);
      line = createLine({
        ...parts,
        meter: counter,
        wanted: () => new Set([...keys].flatMap(([symbol, key]) => (watched.has(key) ? [symbol] : []))),
        status: (status) => sink.status(status),
        heard: (bytes) => sink.heard(bytes),
        rejected: reject,
        priced: (message) => tell(message, sink, counter),
      });
      const onDropped = (messages: number): void => sink.dropped(messages);
      await supervise(line.link, { ...parts, meter: counter, bell, onDropped }, stop);
      line = undefined;
    },
  };

  function tell(message: PigeonTrade | PigeonQuote, sink: FeedSink, counter: Meter): boolean {
    const receivedAt = clock.now();
    const instrument = keys.get(message.symbol);
    const fault = instrument === undefined ? 'unknown-instrument' : undefined;
    const late = message.time > receivedAt + FURTHEST_AHEAD_MS ? 'bad-time' : undefined;
    if (instrument === undefined || late !== undefined) {
      counter.error();
      sink.rejected(fault ?? late ?? '', message.symbol);
      return false;
    }
    // What was asked for a moment ago may still be on its way.
    if (!watched.has(instrument)) return false;
    const { time } = message;
    if (message.kind === 'trade') {
      const { price: ltp, quantity, side } = message;
      sink.ticks([{ instrument, ltp, quantity, side, time, receivedAt } satisfies Tick]);
    } else {
      const { last: ltp, bid, ask } = message;
      sink.quotes([{ instrument, ltp, bid, ask, time, receivedAt } satisfies Tick]);
    }
    return true;
  }
}
