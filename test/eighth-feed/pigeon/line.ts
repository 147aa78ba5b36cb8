import { AppError } from '../../../src/core/errors.ts';
import type { FeedStatus } from '../../../src/core/feed-status.ts';
import type { Link } from '../../../src/main/brokers/transport/link.ts';
import type { Meter } from '../../../src/main/brokers/transport/meter.ts';
import { openSocket, type Socket } from '../../../src/main/brokers/transport/socket.ts';
import type { WireTap } from '../../../src/main/brokers/transport/wire-tap.ts';
import type { Clock, Logger } from '../../../src/main/engine/ports.ts';
import { LOGIN_REFUSED } from './errors.ts';
import { type PigeonQuote, type PigeonTrade, readMessages } from './read-message.ts';
import { CLOSE_LOGIN, PING_EVERY_MS } from './wire.ts';

export interface LineParts {
  readonly wsUrl: string;
  readonly offers: boolean;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly logger: Logger;
  readonly tap: WireTap | undefined;
  token(): string;
  wanted(): ReadonlySet<string>;
  status(status: FeedStatus): void;
  heard(bytes: number): void;
  rejected(reason: string, detail: string): void;
  /** True when it makes sense. */
  priced(message: PigeonTrade | PigeonQuote): boolean;
}

export interface Line {
  readonly link: Link;
  /** What is wanted has changed. */
  ask(): void;
}

/** What the exchange needs of a supervised connection: hello, welcome, the wanted symbols, pings. */
export function createLine(parts: LineParts): Line {
  const { clock, meter } = parts;
  let socket: Socket | undefined;
  let isWelcome = false;
  let asked: ReadonlySet<string> = new Set();

  const say = (message: object): void => socket?.send(`${JSON.stringify(message)}\n`);
  const ask = (): void => {
    if (!isWelcome) return;
    const wanted = new Set(parts.wanted());
    const [more, less] = [
      [...wanted].filter((each) => !asked.has(each)),
      [...asked].filter((each) => !wanted.has(each)),
    ];
    if (less.length > 0) say({ op: 'unsubscribe', symbols: less });
    if (more.length > 0) say({ op: 'subscribe', symbols: more, offers: parts.offers });
    asked = wanted;
    meter.subscriptions = asked.size;
  };
  const reject = (reason: string, detail: string): void => {
    meter.error();
    parts.rejected(reason, detail);
  };
  const forget = (): void => {
    socket = undefined;
    isWelcome = false;
    asked = new Set();
  };

  const link: Link = {
    connect: (listener) => openSocket({ url: parts.wsUrl, tap: { connection: 'prices', to: parts.tap } }, listener),
    opened(opened) {
      socket = opened;
      say({ op: 'hello', token: parts.token() });
    },
    received(frame) {
      parts.heard(frame.length);
      let isGood = false;
      for (const message of readMessages(frame)) {
        if (message.kind === 'trade' || message.kind === 'quote') isGood = parts.priced(message) || isGood;
        else if (message.kind === 'reject') reject(message.reject, message.detail);
        else if (message.kind === 'refusal') reject('refused', message.code);
        else if (message.kind === 'pong' && message.sentAt !== undefined)
          meter.latency((clock.now() - message.sentAt) / 2);
        else if (message.kind === 'welcome') {
          isWelcome = true;
          ask();
        }
      }
      return isGood;
    },
    isReady: () => isWelcome,
    heartbeat: () => ({ everyMs: PING_EVERY_MS, message: `${JSON.stringify({ op: 'ping', n: clock.now() })}\n` }),
    judgeEnd: (end) =>
      end.kind === 'lost' && end.code === CLOSE_LOGIN
        ? { kind: 'stop', reason: 'auth-expired', message: LOGIN_REFUSED }
        : undefined,
    closed: forget,
    status: (status) => parts.status(status),
    // It trades round the clock.
    isDataDue: () => parts.wanted().size > 0,
    failed: (thrown) => parts.logger.error(AppError.from(thrown)),
  };
  return { link, ask };
}
