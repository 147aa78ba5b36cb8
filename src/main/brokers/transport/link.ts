import type { EpochMs } from '../../../core/brand.ts';
import type { FeedStatus } from '../../../core/feed-status.ts';
import type { Socket, SocketListener } from './socket.ts';

/** What a venue brings to a supervised connection: how to open it, what to say, how to listen. */
export interface Link {
  /**
   * Starts one attempt; called anew for each, so a fresh token may be used. The listener must not be called
   * before this returns.
   */
  connect(listener: SocketListener): Socket;
  /** The socket is open: ask for everything that is wanted. */
  opened(socket: Socket): void;
  /** One message. True when it brought good data; a heartbeat, a notice or rubbish does not. */
  received(message: Uint8Array | string): boolean;
  /** The socket is gone, for whatever reason. */
  closed(): void;
  status(status: FeedStatus): void;
  /** Whether prices should be coming in: false outside market hours, and while nothing is subscribed. */
  isDataDue(now: EpochMs): boolean;
  /** A method above threw. The connection goes on. */
  failed(thrown: unknown): void;
}
