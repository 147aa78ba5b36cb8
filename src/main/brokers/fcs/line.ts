import type { EpochMs } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { FeedStatus } from '../../../core/feed-status.ts';
import type { Clock, Logger } from '../../engine/ports.ts';
import type { Link } from '../transport/link.ts';
import type { Meter } from '../transport/meter.ts';
import { openSocket, type Socket } from '../transport/socket.ts';
import type { WireTap } from '../transport/wire-tap.ts';
import { pingFrame, pongFrame, type Room } from './client-frames.ts';
import { createEndJudge } from './end-judge.ts';
import { withoutSecrets } from './envelope.ts';
import type { FcsOptions } from './options.ts';
import { type FcsMessage, readMessage } from './read-message.ts';
import { Rooms } from './rooms.ts';
import type { CandleMessage } from './running-candles.ts';
import { PING_EVERY_MS } from './wire.ts';

export interface LineParts {
  readonly wsUrl: string;
  readonly accessKey: string;
  readonly options: FcsOptions;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly meter: Meter;
  readonly tap: WireTap | undefined;
  isMarketOpen(now: EpochMs): boolean;
  status(status: FeedStatus): void;
  heard(bytes: number): void;
  rejected(reason: string, detail: string): void;
  /** A price in a room that is wanted. True when it makes sense. */
  priced(message: CandleMessage): boolean;
  /** A room was joined anew: its first price is a picture. */
  joining(): void;
}

/** The one socket of the feed. */
export interface Line {
  readonly link: Link;
  /** Replaces what is joined. */
  want(rooms: readonly Room[]): void;
}

/** A message that names the key, before we were let in: no further attempt can help. */
const ABOUT_THE_KEY = /\b(api|access)?[ _-]?key\b|unauthori[sz]ed|forbidden|invalid token/i;

/** What FCS's WebSocket needs of a supervised connection. */
export function createLine(parts: LineParts): Line {
  const { clock, logger, meter, accessKey } = parts;
  const judge = createEndJudge(parts.options, accessKey);
  let socket: Socket | undefined;
  let isWelcome = false;
  let pingedAt: EpochMs | undefined;

  const reject = (reason: string, detail: string): void => {
    meter.error();
    parts.rejected(reason, withoutSecrets(detail, [accessKey]));
  };
  const rooms = new Rooms({
    clock,
    send: (frame) => socket?.send(frame),
    onSilent({ symbol, timeframe }) {
      reject('no-answer', `${symbol} in ${timeframe}`);
      logger.warn('FCS did not answer a join, sent twice. The key may not include the symbol.', { symbol, timeframe });
    },
  });
  const welcome = (): void => {
    if (isWelcome) return;
    isWelcome = true;
    judge.welcomed();
    parts.joining();
    rooms.opened();
  };
  const refuse = (text: string): void => {
    const shown = withoutSecrets(text, [accessKey]);
    reject('venue-error', shown);
    logger.warn('FCS reported an error.', { text: shown });
    if (isWelcome || !ABOUT_THE_KEY.test(text)) return;
    judge.keyRefused();
    socket?.terminate();
  };
  const notice = ({ success, text, room }: Extract<FcsMessage, { readonly kind: 'notice' }>): void => {
    if (success) return;
    const { symbol = '', timeframe } = room;
    const known =
      timeframe &&
      (symbol.includes(':') ? { symbol, timeframe: timeframe.room } : rooms.awaiting(symbol, timeframe.room));
    if (known !== undefined) rooms.refused(known);
    refuse(text);
  };
  const joined = ({ symbol, hasExchange, timeframe }: Extract<FcsMessage, { readonly kind: 'joined' }>): void => {
    const room = hasExchange ? { symbol, timeframe: timeframe.room } : rooms.awaiting(symbol, timeframe.room);
    if (room !== undefined) rooms.joined(room);
  };
  const price = (message: CandleMessage): boolean => {
    const room = { symbol: message.symbol, timeframe: message.timeframe.room };
    // What was left goes on for a moment.
    if (!rooms.has(room)) return false;
    rooms.joined(room);
    return parts.priced(message);
  };
  const read = (message: FcsMessage): boolean => {
    switch (message.kind) {
      case 'welcome':
        welcome();
        return false;
      case 'ping':
        socket?.send(pongFrame(clock.now()));
        return false;
      case 'joined':
        joined(message);
        return false;
      case 'notice':
        notice(message);
        return false;
      case 'error':
        refuse(message.text);
        return false;
      case 'profile':
        rooms.joined({ symbol: message.symbol, timeframe: message.timeframe.room });
        if (message.updateMode !== undefined && message.updateMode !== 'streaming')
          logger.warn('FCS does not stream a symbol: its prices are late.', {
            symbol: message.symbol,
            mode: message.updateMode,
          });
        return false;
      case 'initial':
      case 'candle':
      case 'askbid':
        return price(message);
      case 'unknown':
        reject('unknown-type', message.name);
        return false;
      case 'reject':
        reject(message.reason, message.detail);
        return false;
      case 'pong':
        return false;
    }
  };

  const link: Link = {
    connect(listener) {
      const url = new URL(parts.wsUrl);
      url.searchParams.set('access_key', accessKey);
      return openSocket({ url: url.href, tap: { connection: 'prices', to: parts.tap } }, listener);
    },
    opened(opened) {
      socket = opened;
      judge.opened();
    },
    received(message) {
      if (message === '') {
        // The answer to a control ping.
        if (pingedAt !== undefined) meter.latency((clock.now() - pingedAt) / 2);
        return false;
      }
      parts.heard(typeof message === 'string' ? Buffer.byteLength(message) : message.byteLength);
      if (typeof message === 'string') return read(readMessage(message));
      reject('binary-message', `${message.byteLength} bytes`);
      return false;
    },
    isReady: () => isWelcome,
    heartbeat() {
      pingedAt = clock.now();
      return { everyMs: PING_EVERY_MS, message: pingFrame(pingedAt), control: true };
    },
    judgeEnd: (end) => judge.verdict(end),
    closed() {
      socket = undefined;
      isWelcome = false;
      pingedAt = undefined;
      rooms.closed();
    },
    status: parts.status,
    isDataDue: (now) => rooms.size > 0 && parts.isMarketOpen(now),
    failed: (thrown) => logger.error(AppError.from(thrown)),
  };
  return {
    link,
    want(wanted) {
      rooms.want(wanted);
      meter.subscriptions = rooms.size;
    },
  };
}
