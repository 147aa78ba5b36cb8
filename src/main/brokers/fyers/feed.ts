import { type InstrumentKey, SECOND_MS } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import type { Segment } from '../../../core/instrument.ts';
import type { Clock, Feed, FeedSink, Logger } from '../../engine/ports.ts';
import { whileAllTrade } from '../market-hours.ts';
import type { Jitter } from '../transport/back-off.ts';
import { Meter } from '../transport/meter.ts';
import type { Patience } from '../transport/patience.ts';
import { supervise } from '../transport/supervisor.ts';
import { WakeBell } from '../transport/wake-bell.ts';
import type { WireTap } from '../transport/wire-tap.ts';
import { createDataLine } from './data-line.ts';
import type { FyersInstrument } from './match-instruments.ts';
import { createOrderLink } from './order-line.ts';
import type { Servers } from './servers.ts';
import type { LoginHolder } from './session-login.ts';
import { planTopics } from './wanted-topics.ts';

export interface FyersFeedParts {
  readonly login: LoginHolder;
  readonly servers: Pick<Servers, 'dataSocket' | 'orderSocket'>;
  readonly instruments: readonly FyersInstrument[];
  readonly mostTopics: number;
  readonly mode: 'full' | 'lite';
  readonly hearsOrders: boolean;
  readonly clock: Clock;
  readonly jitter: Jitter;
  readonly logger: Logger;
  readonly patience?: Partial<Patience> | undefined;
  readonly tap?: WireTap | undefined;
  calendarOf(segment: Segment): Calendar;
}

/** Neither socket says anything by itself while the market sleeps; three of our pings must go unanswered. */
const SILENCE_MS = 31 * SECOND_MS;

/** Fyers' data socket over one connection, and the order socket beside it, whose faults are no fault of the feed. */
export function createFyersFeed(parts: FyersFeedParts): Feed {
  const { instruments, clock, mostTopics } = parts;
  const byKey = new Map(instruments.map((known) => [known.instrument.key, known]));
  const isMarketOpen = whileAllTrade(instruments, parts.calendarOf);
  const keys = topicKeys(instruments);
  const tickers = new Map(instruments.map(({ ticker, instrument }) => [ticker, instrument.key]));
  const bell = new WakeBell();
  let meters: readonly Meter[] = [];
  let wanted: readonly FyersInstrument[] = [];
  let wantsBooks = false;
  let replan = (): void => undefined;

  return {
    watch(watched) {
      wanted = [...watched].map((key) => byKey.get(key)).filter((known) => known !== undefined);
      replan();
    },
    books(areWanted) {
      wantsBooks = areWanted;
      replan();
    },
    wake: () => bell.ring(),
    connections: () => meters.map(({ metrics }) => metrics),
    async run(sink, stop) {
      // A renewed login is taken over by the run that follows.
      const login = parts.login.current;
      const over = new AbortController();
      const end = AbortSignal.any([stop, login.ended, over.signal]);
      const dataMeter = new Meter('data', clock);
      const orderMeter = new Meter('orders', clock);
      meters = parts.hearsOrders ? [dataMeter, orderMeter] : [dataMeter];
      const shared = { ...parts, login, sink };
      const { servers, patience } = parts;
      const line = createDataLine({
        ...shared,
        url: servers.dataSocket,
        meter: dataMeter,
        keys,
        isMarketOpen,
        status: (status) => sink.status(status),
      });
      replan = () => {
        const { topics, left } = planTopics(wanted, wantsBooks, mostTopics);
        if (left.length > 0) tellLeft(sink, left);
        line.want(topics);
      };
      const options = { ...parts, bell, patience: { silenceMs: SILENCE_MS, ...patience } };
      const onDropped = (messages: number): void => {
        sink.dropped(messages);
        line.missed();
      };
      const cancelExpiry = clock.after(Math.max(0, login.expiresAt - clock.now()), () => login.expire());
      replan();
      const running = [supervise(line.link, { ...options, onDropped, meter: dataMeter }, end).then(() => over.abort())];
      if (parts.hearsOrders) {
        const instrumentOf = (ticker: string): InstrumentKey | undefined => tickers.get(ticker);
        // Where the order socket stands is shown with its connection; prices do not depend on it.
        const own = { url: servers.orderSocket, meter: orderMeter, instrumentOf, status: () => undefined };
        running.push(supervise(createOrderLink({ ...shared, ...own }), { ...options, meter: orderMeter }, end));
      }
      await Promise.all(running);
      cancelExpiry();
      replan = () => undefined;
    },
  };
}

/** Every topic that may come, with the instrument it is about. */
function topicKeys(instruments: readonly FyersInstrument[]): ReadonlyMap<string, InstrumentKey> {
  const keys = new Map<string, InstrumentKey>();
  for (const { instrument, topics } of instruments) {
    if (topics === undefined) continue;
    keys.set(topics.prices, instrument.key);
    if (topics.book !== undefined) keys.set(topics.book, instrument.key);
  }
  return keys;
}

function tellLeft(sink: FeedSink, left: readonly InstrumentKey[]): void {
  sink.rejected(
    'not-streamed',
    `${left.slice(0, 5).join(', ')}${left.length > 5 ? `, and ${left.length - 5} more` : ''}`,
  );
}
