import { type EpochMs, type InstrumentKey, SECOND_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { FeedStatus } from '../../../core/feed-status.ts';
import type { Clock, FeedSink, Logger } from '../../engine/ports.ts';
import type { Link } from '../transport/link.ts';
import type { Meter } from '../transport/meter.ts';
import { closedSocket, openSocket, type Socket } from '../transport/socket.ts';
import type { WireTap } from '../transport/wire-tap.ts';
import { LOGIN_AGAIN } from './errors.ts';
import type { HsmEvent } from './events.ts';
import { createFrameQueue } from './frame-queue.ts';
import { createHsmReader } from './hsm-reader.ts';
import { acknowledgeFrame, loginFrame, modeFrame, PING_FRAME, snapshotFrames } from './requests.ts';
import type { Login } from './session-login.ts';
import { parseTextMessage, type SystemMessage, systemMessageOf } from './system-messages.ts';
import { createTickDesk } from './tick-desk.ts';
import { subscriptionFrames } from './wanted-topics.ts';
import { PING_MS } from './wire.ts';

/** The data socket and the topics it carries. */
export interface DataLine {
  readonly link: Link;
  want(topics: ReadonlySet<string>): void;
  /** Messages were thrown away unread: what they changed is asked for anew. */
  missed(): void;
}

export interface DataLineParts {
  readonly login: Login;
  readonly url: string;
  readonly mode: 'full' | 'lite';
  /** Every topic of prices or of an order book that we know, with its instrument. */
  readonly keys: ReadonlyMap<string, InstrumentKey>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly meter: Meter;
  readonly sink: FeedSink;
  readonly tap?: WireTap | undefined;
  isMarketOpen(now: EpochMs): boolean;
  status(status: FeedStatus): void;
}

/** Where everything stands is asked for no oftener than this: the answer is a flood of its own. */
const REFRESH_MS = 10 * SECOND_MS;

/** What Fyers' data socket needs of a supervised connection: login, mode, topics, acknowledgements, pings. */
export function createDataLine(parts: DataLineParts): DataLine {
  const { login, clock, logger, sink, meter, mode } = parts;
  const desk = createTickDesk(parts);
  let reader = createHsmReader();
  let wanted: ReadonlySet<string> = new Set();
  let subscribed: ReadonlySet<string> = new Set();
  let socket: Socket | undefined;
  let pingedAt: EpochMs | undefined;
  let missedAt: EpochMs | undefined;
  let access: 'asked' | 'given' | 'refused' = 'asked';
  const queue = createFrameQueue(clock, (frame) => socket?.send(frame));

  const subscribe = (): void => {
    if (access !== 'given') return;
    queue.push(subscriptionFrames(subscribed, wanted));
    subscribed = wanted;
    meter.subscriptions = subscribed.size;
  };
  const refuse = (reason: string, detail: string): void => {
    meter.error();
    sink.rejected(reason, detail);
  };
  const sayToLog = ({ type, s, code, message }: SystemMessage): void => {
    if (s === 'ok') logger.info('Fyers answered.', { type });
    else {
      logger.warn('Fyers refused a request of the data socket.', { type, code, message });
      refuse('venue-error', `${type} refused (code ${code})`);
    }
  };
  /** True when it brought a price. */
  const hear = (event: HsmEvent, receivedAt: EpochMs): boolean => {
    switch (event.type) {
      case 'topic':
        return wanted.has(event.topic.name) && desk.take(event, receivedAt);
      case 'acknowledge':
        socket?.send(acknowledgeFrame(event.message));
        return false;
      case 'login':
        sayToLog(systemMessageOf('login', event.ok));
        access = event.ok ? 'given' : 'refused';
        if (access === 'refused') socket?.terminate();
        else queue.push([modeFrame(mode)]);
        subscribe();
        return false;
      case 'answer':
        sayToLog(systemMessageOf(event.to, event.ok, mode));
        return false;
      case 'reject':
        refuse(event.reject, event.detail);
        return false;
      case 'unknown':
        return false;
    }
  };
  const readText = (message: string): void => {
    const content = parseTextMessage(message);
    if (content.kind === 'system') sayToLog(content.message);
    else if (content.kind === 'unreadable') refuse('unreadable-text', `${message.length} characters`);
    else {
      logger.warn('Fyers sent a message of an unknown shape.', { characters: message.length });
      refuse('unknown-message', `${message.length} characters`);
    }
  };

  const link: Link = {
    connect(listener) {
      // A computer that slept through six o'clock wakes up with a dead token.
      if (clock.now() >= login.expiresAt) {
        login.expire();
        return closedSocket(listener, 'The login has expired.');
      }
      access = 'asked';
      return openSocket({ url: parts.url, tap: { connection: 'data', to: parts.tap } }, listener);
    },
    opened(opened) {
      socket = opened;
      reader = createHsmReader();
      subscribed = new Set();
      // What is told anew after this says where things stand.
      desk.connected();
      opened.send(loginFrame(login.hsmKey));
    },
    received(message) {
      sink.heard(message.length);
      const receivedAt = clock.now();
      if (typeof message === 'string') {
        // The answer to a control ping comes as an empty text.
        if (message !== '') readText(message);
        else if (pingedAt !== undefined) meter.latency((receivedAt - pingedAt) / 2);
        return false;
      }
      let isGood = false;
      reader.read(message, (event) => {
        isGood = hear(event, receivedAt) || isGood;
      });
      desk.flush(sink);
      return isGood;
    },
    isReady: () => access === 'given',
    heartbeat() {
      pingedAt = clock.now();
      return { everyMs: PING_MS, message: PING_FRAME, control: true };
    },
    judgeEnd: () => (access === 'refused' ? { kind: 'stop', reason: 'auth-expired', message: LOGIN_AGAIN } : undefined),
    closed() {
      socket = undefined;
      // What is wanted from now on is asked for by the next connection.
      access = 'asked';
      pingedAt = undefined;
      queue.clear();
      meter.subscriptions = 0;
    },
    status: parts.status,
    isDataDue: (now) => wanted.size > 0 && parts.isMarketOpen(now),
    failed: (thrown) => logger.error(AppError.from(thrown)),
  };
  return {
    link,
    want(topics) {
      wanted = topics;
      desk.want(topics);
      subscribe();
    },
    missed() {
      const now = clock.now();
      if (access !== 'given' || (missedAt !== undefined && now - missedAt < REFRESH_MS)) return;
      missedAt = now;
      queue.push(snapshotFrames([...wanted]));
    },
  };
}
