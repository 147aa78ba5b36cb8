import type { EpochMs } from '../../../core/brand.ts';
import type { FeedStatus } from '../../../core/feed-status.ts';
import type { Socket, SocketEnd, SocketListener } from './socket.ts';

/** A message that keeps the line open. */
export interface Heartbeat {
  readonly everyMs: number;
  readonly message: string | Uint8Array;
  /** A control ping goes with it: a venue that lets the message pass in silence must still answer that. */
  readonly control?: true | undefined;
}

/** What the end of a connection means, where the venue knows better than the usual rules. */
export type EndVerdict =
  /** Connect anew after the usual wait. */
  | { readonly kind: 'retry'; readonly reason?: string }
  /** Connect anew at once, once; if that fails too, after the usual wait. Granted once a minute. */
  | { readonly kind: 'now'; readonly reason?: string }
  /** Wait at least this long. */
  | { readonly kind: 'wait'; readonly ms: number; readonly reason: string }
  /** Nothing that we can do will help. */
  | { readonly kind: 'stop'; readonly reason: 'auth-expired' | 'failed'; readonly message: string };

/** What a venue brings to a supervised connection: how to open it, what to say, how to listen. */
export interface Link {
  /**
   * Starts one attempt; called anew for each, so a fresh token may be used. The listener must not be called
   * before this returns.
   */
  connect(listener: SocketListener): Socket;
  /** The socket is open: ask for everything that is wanted. */
  opened(socket: Socket): void;
  /** One message; of a flood the oldest are left out. True when it brought good data; a heartbeat, a notice or rubbish does not. */
  received(message: Uint8Array | string): boolean;
  /**
   * Whether the venue has let us in, as a welcome or an accepted login shows: until then the deadline of the attempt
   * runs on. Absent where an open socket is enough.
   */
  isReady?(): boolean;
  /**
   * What to send, and how often, once it is ready: the first at once. Asked just before each is sent, and only then;
   * undefined skips it, and it is asked again in a second. Absent where the venue wants nothing.
   */
  heartbeat?(): Heartbeat | undefined;
  /**
   * What an end means; undefined leaves it to the usual rules. Asked before `closed`; not after our own goodbye, nor
   * when we hung up because the computer woke up.
   */
  judgeEnd?(end: SocketEnd): EndVerdict | undefined;
  /** The socket is gone, for whatever reason. */
  closed(): void;
  status(status: FeedStatus): void;
  /** Whether prices should be coming in: false outside market hours, and while nothing is subscribed. */
  isDataDue(now: EpochMs): boolean;
  /** A method above threw. The connection goes on. */
  failed(thrown: unknown): void;
}
