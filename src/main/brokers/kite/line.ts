import type { EpochMs, InstrumentKey } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { FeedStatus } from '../../../core/feed-status.ts';
import type { Clock, FeedSink, Logger } from '../../engine/ports.ts';
import type { Link } from '../transport/link.ts';
import type { Meter } from '../transport/meter.ts';
import { closedSocket, openSocket, type Socket, type SocketTap } from '../transport/socket.ts';
import { withoutSecrets } from './envelope.ts';
import type { Login } from './login.ts';
import { readOrder } from './order-message.ts';
import type { JudgeOrder } from './order-news.ts';
import { type JudgePacket, readFrame } from './read-frame.ts';
import { isHeartbeat } from './split-frame.ts';
import { subscriptionMessages } from './subscribe.ts';
import { parseTextMessage } from './text-messages.ts';
import { createTradeFilter } from './trade-filter.ts';
import { hasOwnTime, KITE_VERSION, OFFSET } from './wire.ts';

/** One socket of the feed and the tokens it carries. */
export interface Line {
  readonly link: Link;
  readonly wanted: ReadonlySet<number>;
  want(tokens: ReadonlySet<number>): void;
}

export interface LineParts {
  readonly login: Login;
  readonly wsUrl: string;
  /** Every token Kite and we know, so that a late packet of a dropped instrument is told from garbage. */
  readonly keys: ReadonlyMap<number, InstrumentKey>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sink: FeedSink;
  readonly meter: Meter;
  readonly tap: SocketTap;
  isMarketOpen(now: EpochMs): boolean;
  /** Asked with every message, for it may change while the line runs. */
  wantsBooks(): boolean;
  /** Shared by all lines, for each hears of every order of the account. */
  readonly judgeOrder: JudgeOrder;
  status(status: FeedStatus): void;
}

/** What Kite's ticker needs of a supervised connection. */
export function createLine(parts: LineParts): Line {
  const { login, keys, clock, logger, sink, meter } = parts;
  const isNewTrade = createTradeFilter();
  let wanted: ReadonlySet<number> = new Set();
  let subscribed: ReadonlySet<number> = new Set();
  /** Subscribed, and not heard of since. */
  let fresh = new Set<number>();
  let socket: Socket | undefined;

  const reject = (reason: string, detail: string): void => {
    meter.error();
    sink.rejected(reason, detail);
  };
  const subscribe = (): void => {
    if (socket === undefined) return;
    for (const message of subscriptionMessages(subscribed, wanted)) socket.send(message);
    fresh = new Set([...wanted].filter((token) => fresh.has(token) || !subscribed.has(token)));
    subscribed = wanted;
  };
  /** Kite answers a subscription with the state so far. Without a time of its own that may be of any age. */
  const judge: JudgePacket = (view, offset, length) => {
    const token = view.getUint32(offset + OFFSET.token);
    if (!wanted.has(token)) return false;
    if (fresh.size > 0 && fresh.delete(token) && !hasOwnTime(length)) return 'picture';
    return isNewTrade(view, offset, length);
  };
  const readBytes = (message: Uint8Array): boolean => {
    if (isHeartbeat(message)) return false;
    const { ticks, pictures, rejects, good } = readFrame(message, keys, clock.now(), judge, parts.wantsBooks());
    for (const refused of rejects) reject(refused.reject, refused.detail);
    if (pictures.length > 0) sink.quotes(pictures);
    if (ticks.length > 0) sink.ticks(ticks);
    return good > 0;
  };
  const readOrderMessage = (data: unknown, text: string): void => {
    const update = readOrder(data, keys, clock.now());
    if (update === undefined) {
      reject('bad-order', 'an order that cannot be read');
      return;
    }
    const news = parts.judgeOrder(update, text);
    if (news === 'news') sink.order(update);
    else if (news === 'overtaken') reject('late-order', `${update.state} after its end`);
  };
  const readText = (message: string): void => {
    const content = parseTextMessage(message);
    if (content.type === 'unreadable') reject('unreadable-text', `${message.length} characters`);
    if (content.type === 'order') readOrderMessage(content.order, message);
    if (content.type !== 'error' && content.type !== 'notice') return;
    const text = withoutSecrets(content.text, [login.accessToken]);
    if (content.type === 'notice') {
      logger.info('Kite sent a notice.', { text });
      return;
    }
    logger.warn('Kite reported an error.', { text });
    reject('venue-error', text);
  };

  const link: Link = {
    connect(listener) {
      // A computer that slept through six o'clock wakes up with a dead token.
      if (clock.now() >= login.expiresAt) {
        login.expire(login.accessToken, clock.now());
        return closedSocket(listener, 'The login has expired.');
      }
      const url = new URL(parts.wsUrl);
      url.searchParams.set('api_key', login.apiKey);
      url.searchParams.set('access_token', login.accessToken);
      return openSocket({ url: url.href, headers: KITE_VERSION, tap: parts.tap }, listener);
    },
    opened(opened) {
      socket = opened;
      subscribed = new Set();
      fresh = new Set();
      subscribe();
    },
    received(message) {
      sink.heard(message.length);
      if (typeof message !== 'string') return readBytes(message);
      if (message !== '') readText(message);
      return false;
    },
    closed() {
      socket = undefined;
    },
    status: parts.status,
    isDataDue: (now) => wanted.size > 0 && parts.isMarketOpen(now),
    failed: (thrown) => logger.error(AppError.from(thrown)),
  };
  return {
    link,
    get wanted() {
      return wanted;
    },
    want(tokens) {
      wanted = tokens;
      meter.subscriptions = tokens.size;
      subscribe();
    },
  };
}
