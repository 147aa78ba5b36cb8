import type { InstrumentKey } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { FeedStatus } from '../../../core/feed-status.ts';
import type { Clock, FeedSink, Logger } from '../../engine/ports.ts';
import type { Link } from '../transport/link.ts';
import type { Meter } from '../transport/meter.ts';
import { openSocket } from '../transport/socket.ts';
import type { WireTap } from '../transport/wire-tap.ts';
import { ORDER_PING, parseOrderMessage, SUBSCRIBE_ORDERS } from './order-messages.ts';
import { createOrderNews } from './order-news.ts';
import type { Login } from './session-login.ts';
import { PING_MS } from './wire.ts';

export interface OrderLineParts {
  readonly login: Login;
  readonly url: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly meter: Meter;
  readonly sink: FeedSink;
  readonly tap?: WireTap | undefined;
  /** Our key of what Fyers calls `NSE:SBIN-EQ`. */
  instrumentOf(ticker: string): InstrumentKey | undefined;
  status(status: FeedStatus): void;
}

/** The order socket: text, a ping every ten seconds, and an order whenever one moves. No price depends on it. */
export function createOrderLink(parts: OrderLineParts): Link {
  const { login, clock, logger, sink, meter } = parts;
  const isNews = createOrderNews();
  let pingedAt: number | undefined;
  return {
    connect(listener) {
      const headers = { Authorization: `${login.appId}:${login.accessToken}` };
      return openSocket({ url: parts.url, headers, tap: { connection: 'orders', to: parts.tap } }, listener);
    },
    opened(socket) {
      socket.send(SUBSCRIBE_ORDERS);
      meter.subscriptions = 1;
    },
    received(message) {
      sink.heard(message.length);
      const text = typeof message === 'string' ? message : new TextDecoder().decode(message);
      const content = parseOrderMessage(text, parts.instrumentOf, clock.now());
      switch (content.type) {
        case 'order':
          if (isNews(content.update)) sink.order(content.update);
          return true;
        case 'pong':
          if (pingedAt !== undefined) meter.latency((clock.now() - pingedAt) / 2);
          pingedAt = undefined;
          return true;
        case 'answer':
          if (!content.ok) {
            logger.warn('Fyers refused the updates of orders.', { code: content.code });
            sink.rejected('venue-error', `orders refused (code ${content.code})`);
          }
          return content.ok;
        case 'reject':
          meter.error();
          sink.rejected(content.reject, content.detail);
          return false;
        case 'other':
          return true;
      }
    },
    heartbeat() {
      pingedAt = clock.now();
      return { everyMs: PING_MS, message: ORDER_PING };
    },
    closed() {
      pingedAt = undefined;
      meter.subscriptions = 0;
    },
    status: parts.status,
    // Nobody knows when an order moves next.
    isDataDue: () => false,
    failed: (thrown) => logger.error(AppError.from(thrown)),
  };
}
