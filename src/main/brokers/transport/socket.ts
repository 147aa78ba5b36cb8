import { WebSocket } from 'ws';
import { AppError } from '../../../core/errors.ts';
import { codeOf, wordsFor } from './failure-words.ts';
import { trustIn } from './trusted-roots.ts';
import type { WireTap } from './wire-tap.ts';

export { wordsFor } from './failure-words.ts';

/** How a connection ended, in words for a person. Never holds a URL: it may carry a token. */
export type SocketEnd =
  /** The server answered the upgrade with an HTTP status of its own. */
  | { readonly kind: 'refused'; readonly httpStatus: number }
  | {
      readonly kind: 'lost';
      readonly reason: string;
      /** The server's close code, where it sent one. */
      readonly code?: number | undefined;
      /** The server's own words beside the code, as it wrote them. */
      readonly said?: string | undefined;
      /** Node's code of the failure, such as `ECONNRESET` or `SELF_SIGNED_CERT_IN_CHAIN`; or `SUBPROTOCOL_…` of ours. */
      readonly failure?: string | undefined;
      /** What kept the attempt from being made, such as a token that the venue did not give. */
      readonly error?: AppError | undefined;
    };

export interface SocketListener {
  opened(): void;
  received(message: Uint8Array | string): void;
  /** Once, and nothing after it. */
  closed(end: SocketEnd): void;
}

export interface Socket {
  send(message: string | Uint8Array): void;
  /** A control ping, which every server must answer (RFC 6455, 5.5.2). The answer comes as an empty message. */
  ping?(): void;
  /** Says goodbye properly; `closed` follows when the server agrees. */
  close(): void;
  /** Hangs up at once. */
  terminate(): void;
}

/** Who hears what goes over a socket, and under which name. */
export interface SocketTap {
  readonly connection: string;
  readonly to: WireTap | undefined;
}

export interface SocketAddress {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Subprotocols offered, as in `Sec-WebSocket-Protocol`. */
  readonly protocols?: readonly string[] | undefined;
  /** Authorities to trust beside the usual ones, PEM; for this socket alone. */
  readonly ca?: readonly string[] | undefined;
  readonly tap?: SocketTap | undefined;
}

/** A Kite frame of 3,000 full packets is 558 kB: the largest message known, with room. */
const LARGEST_MESSAGE_BYTES = 2 * 1024 * 1024;

/** What `ws` says of subprotocols comes without a code; a venue that wants them otherwise is told by ours. */
const SUBPROTOCOL_FAILURES: ReadonlyMap<string, string> = new Map([
  ['Server sent a subprotocol but none was requested', 'SUBPROTOCOL_NOT_REQUESTED'],
  ['Server sent no subprotocol', 'SUBPROTOCOL_MISSING'],
  ['Server sent an invalid subprotocol', 'SUBPROTOCOL_INVALID'],
]);

/** Close codes that stand for "the server sent none" (RFC 6455, section 7.4.1). */
const NO_CODE: ReadonlySet<number> = new Set([1005, 1006, 1015]);

/**
 * Opens a WebSocket. Never throws: whatever goes wrong arrives as `closed`.
 *
 * Compression is not offered, because unpacking costs more than loopback-sized frames save. A message over
 * 2 MiB ends the connection. Redirects are not followed: whoever answers elsewhere is not the venue.
 */
export function openSocket(address: SocketAddress, listener: SocketListener): Socket {
  let over = false;
  const end = (how: SocketEnd): void => {
    if (over) return;
    over = true;
    listener.closed(how);
  };

  let socket: WebSocket;
  try {
    const secureContext = trustIn(address.ca);
    socket = new WebSocket(address.url, [...(address.protocols ?? [])], {
      headers: { ...address.headers },
      maxPayload: LARGEST_MESSAGE_BYTES,
      perMessageDeflate: false,
      followRedirects: false,
      rejectUnauthorized: true,
      ...(secureContext && { secureContext }),
    });
  } catch (thrown) {
    // The thrown text quotes the address, token and all.
    if (thrown instanceof AppError) return closedSocket(listener, thrown.message, thrown);
    return closedSocket(listener, 'The address of the server is not valid.');
  }

  const overheard = listenIn(address.tap);
  let hasPinged = false;
  socket.on('open', () => listener.opened());
  socket.on('message', (data, isBinary) => {
    if (over) return;
    const bytes = data as Buffer; // ws delivers Buffers unless binaryType says otherwise.
    const message = isBinary ? bytes : bytes.toString('utf8');
    overheard?.('in', message);
    listener.received(message);
  });
  socket.on('unexpected-response', (request, response) => {
    request.destroy();
    end({ kind: 'refused', httpStatus: response.statusCode ?? 0 });
  });
  socket.on('error', (error) =>
    end({ kind: 'lost', reason: wordsFor(error), failure: codeOf(error) ?? SUBPROTOCOL_FAILURES.get(error.message) }),
  );
  socket.on('pong', () => {
    if (hasPinged && !over) listener.received('');
  });
  socket.on('close', (code, words) =>
    end({
      kind: 'lost',
      reason: `The server closed the connection (code ${code}).`,
      ...(!NO_CODE.has(code) && { code }),
      ...(words.length > 0 && { said: words.toString('utf8') }),
    }),
  );

  return {
    send(message) {
      if (socket.readyState !== WebSocket.OPEN) return;
      overheard?.('out', message);
      socket.send(message, () => undefined);
    },
    ping() {
      if (socket.readyState !== WebSocket.OPEN) return;
      hasPinged = true;
      socket.ping(() => undefined);
    },
    close: () => socket.close(1000),
    terminate: () => socket.terminate(),
  };
}

/** Stands in for a socket that could not be made: it ends as soon as its owner has it. */
export function closedSocket(listener: SocketListener, reason: string, error?: AppError): Socket {
  queueMicrotask(() => listener.closed({ kind: 'lost', reason, ...(error && { error }) }));
  return { send: () => undefined, close: () => undefined, terminate: () => undefined };
}

/** Passes messages on to whoever records them. A fault there is not the connection's. */
function listenIn(tap: SocketTap | undefined) {
  const to = tap?.to;
  if (tap === undefined || to === undefined) return undefined;
  return (direction: 'in' | 'out', message: Uint8Array | string): void => {
    try {
      to.message(tap.connection, direction, message);
    } catch {
      // The recording is the poorer for it; the feed goes on.
    }
  };
}
