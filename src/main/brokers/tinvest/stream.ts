import { type EpochMs, MINUTE_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { FeedStatus } from '../../../core/feed-status.ts';
import type { Clock, FeedSink, Logger } from '../../engine/ports.ts';
import type { Link } from '../transport/link.ts';
import type { Meter } from '../transport/meter.ts';
import { createRateBudget } from '../transport/rate-budget.ts';
import { openSocket, type Socket } from '../transport/socket.ts';
import type { WireTap } from '../transport/wire-tap.ts';
import { AskBook } from './ask-book.ts';
import type { Access } from './credentials.ts';
import { withoutSecrets } from './envelope.ts';
import type { Handshake } from './handshake.ts';
import { hasNoStream, isTokenRefused, judgeEnd } from './judge-end.ts';
import type { StreamMessage } from './messages.ts';
import { readFrame } from './read-frame.ts';
import { GET_MY_SUBSCRIPTIONS, pingFrame, pingSettingsFrame } from './requests.ts';
import { RollCall } from './roll-call.ts';
import { idOfAck, type Wishes } from './subscriptions.ts';
import { FRAMES_A_MINUTE, PING_DELAY_MS, ROUND_TRIP_EVERY_MS, STREAM_PATH } from './wire.ts';

/** One stream of the feed and what it carries. */
export interface Stream {
  readonly link: Link;
  readonly wanted: Wishes;
  want(wishes: Wishes): void;
}

export interface StreamParts {
  readonly name: string;
  readonly access: Access;
  readonly handshake: Handshake;
  readonly wsUrl: string;
  /** Authorities to trust beside the usual ones, PEM. */
  readonly ca: readonly string[];
  readonly tap: WireTap | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sink: FeedSink;
  readonly meter: Meter;
  readonly waitingClose: boolean;
  /** Whether a missing stream is to be lived with, as in the sandbox. */
  readonly mayLackStream: boolean;
  /** One event. True when it brought a price. */
  take(message: StreamMessage): boolean;
  uidOf(figi: string): string | undefined;
  /** Whether prices should come of these instruments. */
  isDue(uids: ReadonlySet<string>, now: EpochMs): boolean;
  /** The stream took no more: this wish has to go elsewhere. */
  full(id: string, room: number): void;
  /** Connected again after a loss. */
  reopened(wishes: Wishes): void;
  noStream(): void;
  status(status: FeedStatus): void;
}

/** What a stream of T-Invest needs of a supervised connection. */
export function createStream(parts: StreamParts): Stream {
  const { access, handshake, clock, logger, sink, meter } = parts;
  const book = new AskBook(parts.waitingClose);
  let socket: Socket | undefined;
  let over = new AbortController();
  let frames = createRateBudget(clock, []);
  let uids: ReadonlySet<string> = new Set();
  let toldCode: number | undefined;
  let hasBeenOpen = false;

  const refuse = (reason: string, detail: string): void => {
    meter.error();
    sink.rejected(reason, detail);
  };
  /** Sends what is missing, a frame at a time; what changes meanwhile goes with the next. */
  const ask = async (): Promise<void> => {
    const { signal } = over;
    try {
      while (!book.isSettled) {
        await frames.take(signal);
        const frame = book.nextFrame();
        if (frame !== undefined) socket?.send(frame);
      }
    } catch {
      // The connection ended; the next one asks for everything.
    }
    isAsking = false;
  };
  let isAsking = false;
  const askSoon = (): void => {
    if (socket === undefined || isAsking) return;
    isAsking = true;
    void ask();
  };
  const rollCall = new RollCall({
    clock,
    ask: () => socket?.send(GET_MY_SUBSCRIPTIONS),
    answered(inForce) {
      const { missing, surplus } = book.reconcile(inForce);
      if (missing + surplus === 0) return;
      logger.warn('The stream of T-Invest had other subscriptions than ours; they are mended.', { missing, surplus });
      askSoon();
    },
    mute() {
      if (book.activeCount === 0) return;
      logger.warn('The stream of T-Invest did not say what is subscribed; it is opened anew.');
      socket?.terminate();
    },
  });

  const acknowledged = (message: StreamMessage & { readonly kind: 'ack' }): void => {
    const { channel, items, unreadable, trackingId } = message;
    if (unreadable > 0) refuse('unreadable-ack', `${unreadable} of ${channel}`);
    for (const item of items) {
      const id = idOfAck(channel, item, parts.uidOf);
      if (id === undefined) {
        refuse('unmatched-ack', `${channel} ${item.status}`);
        continue;
      }
      if (item.status.endsWith('_SUCCESS') && item.action !== 'unsubscribe') {
        const { uid, depth, interval } = item;
        rollCall.heard([[id, uid === '' ? undefined : { id, kind: channel, uid, depth, interval }]]);
      }
      const verdict = book.judge(id, item);
      if (verdict?.kind === 'failed') {
        refuse(verdict.reject, verdict.detail);
        logger.warn('T-Invest refused a subscription.', { reason: verdict.reject, what: verdict.detail, trackingId });
      } else if (verdict?.kind === 'later') {
        if (verdict.holdAll) frames.hold(MINUTE_MS);
        const { signal } = over;
        clock.after(verdict.ms, () => {
          if (signal.aborted) return;
          book.wake(id);
          askSoon();
        });
      } else if (verdict?.kind === 'full') parts.full(id, book.activeCount);
    }
    // The answer to a roll call may hold nothing at all.
    if (items.length === 0) rollCall.heard([]);
    meter.subscriptions = book.activeCount;
  };
  const failed = (code: number, text: string): void => {
    toldCode = code;
    const clean = withoutSecrets(text, [access.token]);
    logger.warn('The stream of T-Invest reported an error.', { code, text: clean });
    refuse('venue-error', `${code} ${clean}`);
    if (code === 16) access.expire();
  };

  const link: Link = {
    connect(listener) {
      const address = { url: `${parts.wsUrl}${STREAM_PATH}`, ...handshake.offer(access.token), ca: parts.ca };
      return openSocket({ ...address, tap: { connection: parts.name, to: parts.tap } }, listener);
    },
    opened(opened) {
      socket = opened;
      over = new AbortController();
      frames = createRateBudget(clock, [{ count: FRAMES_A_MINUTE, perMs: MINUTE_MS }]);
      isAsking = false;
      toldCode = undefined;
      book.reset();
      opened.send(pingSettingsFrame(PING_DELAY_MS));
      askSoon();
      rollCall.start();
      if (hasBeenOpen) parts.reopened(book.wanted);
      hasBeenOpen = true;
    },
    received(message) {
      sink.heard(message.length);
      if (typeof message !== 'string') {
        refuse('binary-message', `${message.length} bytes`);
        return false;
      }
      if (message === '') return false;
      const read = readFrame(message);
      if ('reject' in read) {
        refuse(read.reject, read.detail);
        return false;
      }
      if (read.kind === 'ack') acknowledged(read);
      else if (read.kind === 'error') failed(read.code, read.message);
      else if (read.kind === 'ping') {
        if (read.answers !== undefined) meter.latency((clock.now() - read.answers) / 2);
      } else return parts.take(read);
      return false;
    },
    heartbeat: () => ({ everyMs: ROUND_TRIP_EVERY_MS, message: pingFrame(clock.now()) }),
    judgeEnd(end) {
      if (end.kind === 'lost' && handshake.learn(end.failure)) {
        logger.info('T-Invest wants the token by subprotocol; the stream is opened that way from now on.');
        return { kind: 'now' };
      }
      if (parts.mayLackStream && !hasBeenOpen && hasNoStream(end)) {
        parts.noStream();
        return { kind: 'stop', reason: 'failed', message: 'The sandbox of T-Invest has no live stream.' };
      }
      if (isTokenRefused(end) || (end.kind === 'lost' && toldCode === 16)) access.expire();
      return judgeEnd(end, toldCode, parts.ca.length > 0);
    },
    closed() {
      socket = undefined;
      over.abort();
      rollCall.stop();
      meter.subscriptions = 0;
    },
    status: parts.status,
    isDataDue: (now) => uids.size > 0 && parts.isDue(uids, now),
    failed: (thrown) => logger.error(AppError.from(thrown)),
  };
  return {
    link,
    get wanted() {
      return book.wanted;
    },
    want(wishes) {
      for (const [id] of book.wanted) if (!wishes.has(id)) rollCall.dropped(id);
      book.want(wishes);
      uids = new Set([...wishes.values()].filter(({ kind }) => kind === 'trades').map(({ uid }) => uid));
      askSoon();
    },
  };
}
