import { HOUR_MS, type InstrumentKey } from '../../../core/brand.ts';
import type { Timeframe } from '../../../core/timeframe.ts';
import type { Clock, Feed, Logger } from '../../engine/ports.ts';
import { aborted } from '../transport/aborted.ts';
import type { Jitter } from '../transport/back-off.ts';
import { mergeStatuses } from '../transport/merge-status.ts';
import type { Patience } from '../transport/patience.ts';
import { superviseRotating } from '../transport/rotation.ts';
import { WakeBell } from '../transport/wake-bell.ts';
import { candleTypeFor } from './candle-types.ts';
import type { Connector } from './connector.ts';
import type { KucoinInstrument } from './instruments.ts';
import { createLine, type Line } from './line.ts';
import { Market } from './market.ts';
import { RotationMeter } from './rotation-meter.ts';
import type { ServerClock } from './server-clock.ts';
import { candleTopic, planConnections, topicOf } from './topics.ts';
import { PATIENCE, PREPARE_MS, ROTATION } from './wire.ts';

export interface KucoinFeedParts {
  readonly connector: Connector;
  readonly serverClock: ServerClock;
  readonly instruments: readonly KucoinInstrument[];
  readonly clock: Clock;
  readonly jitter: Jitter;
  readonly logger: Logger;
  readonly topicsPerConnection: number;
  readonly rotateHours: number;
  readonly mostConnections: number;
  readonly patience?: Partial<Patience> | undefined;
}

/**
 * KuCoin's stream: every trade, best prices, and on demand order books and candles, over as few connections as have
 * room for the topics.
 */
export function createKucoinFeed(parts: KucoinFeedParts): Feed {
  const { instruments, clock, jitter, logger, serverClock } = parts;
  const symbols = new Map(instruments.map(({ instrument, symbol }) => [instrument.key, symbol]));
  const keys = new Map(instruments.map(({ instrument, symbol }) => [symbol, instrument.key]));
  const bell = new WakeBell();
  let watched: ReadonlySet<InstrumentKey> = new Set();
  let wantsBooks = false;
  let timeframes: readonly Timeframe[] = [];
  let lines: Line[] = [];
  let replan = (): void => undefined;

  return {
    watch(wanted) {
      watched = wanted;
      replan();
    },
    books(areWanted) {
      wantsBooks = areWanted;
      replan();
    },
    candles(wanted) {
      timeframes = wanted;
      replan();
    },
    wake: () => bell.ring(),
    connections: () => lines.map(({ meter }) => meter.metrics),
    async run(sink, stop) {
      const market = new Market({ clock, sink, keys, serverNow: () => serverClock.now() });
      const report = mergeStatuses((status) => sink.status(status));
      const refused = new Set<string>();
      const running: Promise<void>[] = [];
      const mine: Line[] = [];
      lines = mine;
      const patience = { ...PATIENCE, ...parts.patience };

      const lifeMs = (): number => parts.rotateHours * HOUR_MS - Math.floor(jitter() * ROTATION.spreadMs);

      const addLine = (): Line => {
        const place = mine.length;
        const name = `stream ${place + 1}`;
        const meter = new RotationMeter(name, clock, logger);
        const line = createLine({
          ...parts,
          name,
          meter,
          sink,
          market,
          status: (status) => report(place, status),
          refused(topics, why) {
            // Where the connection is full another may have room.
            if (why.kind !== 'full') for (const topic of topics) refused.add(topic);
            replan();
          },
        });
        mine.push(line);
        const onDropped = (messages: number): void => sink.dropped(messages);
        const options = { clock, jitter, patience, bell, meter, onDropped, lifeMs, prepareMs: PREPARE_MS };
        running.push(superviseRotating(() => line.createLink(), options, stop));
        return line;
      };
      replan = () => {
        const wanted = topicsOf(
          [...watched].flatMap((key) => symbols.get(key) ?? []),
          wantsBooks,
          timeframes,
        );
        market.watch(watched, wanted);
        const { connections, left } = planConnections(
          mine.map(({ topics }) => topics),
          new Set([...wanted].filter((topic) => !refused.has(topic))),
          (place) => mine[place]?.room ?? parts.topicsPerConnection,
          parts.mostConnections,
        );
        if (left.length > 0) sink.rejected('too-many-topics', `${left.length} topics have no room`);
        for (const [place, topics] of connections.entries()) (mine[place] ?? addLine()).want(topics);
      };

      replan();
      const keeping = serverClock.keep(stop);
      await aborted(stop);
      replan = () => undefined;
      await Promise.all([...running, keeping]);
      market.stop();
      for (const { meter } of mine) logger.info('The connection to KuCoin has ended.', totalsOf(meter.metrics));
    },
  };
}

/** What has to be subscribed: trades make bars, best prices move the screen. */
function topicsOf(
  symbols: readonly string[],
  wantsBooks: boolean,
  timeframes: readonly Timeframe[],
): ReadonlySet<string> {
  const types = timeframes.flatMap((timeframe) => candleTypeFor(timeframe) ?? []);
  const topics = new Set<string>();
  for (const symbol of symbols) {
    topics.add(topicOf('trades', symbol));
    topics.add(topicOf('ticker', symbol));
    if (wantsBooks) topics.add(topicOf('depth5', symbol));
    for (const type of types) topics.add(candleTopic(symbol, type));
  }
  return topics;
}

function totalsOf({ name, messages, bytes, errors, drops, reconnects, rotations }: Line['meter']['metrics']) {
  return { connection: name, messages, bytes, errors, drops, reconnects, rotations };
}
