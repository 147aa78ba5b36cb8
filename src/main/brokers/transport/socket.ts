import { WebSocket } from 'ws';

/** How a connection ended, in words for a person. Never holds a URL: it may carry a token. */
export type SocketEnd =
  /** The server answered the upgrade with an HTTP status of its own. */
  | { readonly kind: 'refused'; readonly httpStatus: number }
  | {
      readonly kind: 'lost';
      readonly reason: string;
      /** The server's close code, where it sent one. */
      readonly code?: number | undefined;
      /** Node's code of the failure, such as `ECONNRESET` or `SELF_SIGNED_CERT_IN_CHAIN`. */
      readonly failure?: string | undefined;
    };

export interface SocketListener {
  opened(): void;
  received(message: Uint8Array | string): void;
  /** Once, and nothing after it. */
  closed(end: SocketEnd): void;
}

export interface Socket {
  send(message: string | Uint8Array): void;
  /** Says goodbye properly; `closed` follows when the server agrees. */
  close(): void;
  /** Hangs up at once. */
  terminate(): void;
}

export interface SocketAddress {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A Kite frame of 3,000 full packets is 558 kB: the largest message known, with room. */
const LARGEST_MESSAGE_BYTES = 2 * 1024 * 1024;

/**
 * Opens a WebSocket. Never throws: whatever goes wrong arrives as `closed`.
 *
 * Compression is not offered, because unpacking costs more than loopback-sized frames save. A message over
 * 2 MiB ends the connection.
 */
export function openSocket({ url, headers = {} }: SocketAddress, listener: SocketListener): Socket {
  let over = false;
  const end = (how: SocketEnd): void => {
    if (over) return;
    over = true;
    listener.closed(how);
  };

  let socket: WebSocket;
  try {
    socket = new WebSocket(url, { headers, maxPayload: LARGEST_MESSAGE_BYTES, perMessageDeflate: false });
  } catch {
    // The thrown text quotes the address, token and all.
    return closedSocket(listener, 'The address of the server is not valid.');
  }

  socket.on('open', () => listener.opened());
  socket.on('message', (data, isBinary) => {
    if (over) return;
    const bytes = data as Buffer; // ws delivers Buffers unless binaryType says otherwise.
    listener.received(isBinary ? bytes : bytes.toString('utf8'));
  });
  socket.on('unexpected-response', (request, response) => {
    request.destroy();
    end({ kind: 'refused', httpStatus: response.statusCode ?? 0 });
  });
  socket.on('error', (error) => end({ kind: 'lost', reason: wordsFor(error) }));
  socket.on('close', (code) => end({ kind: 'lost', reason: `The server closed the connection (code ${code}).` }));

  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text, () => undefined);
    },
    close: () => socket.close(1000),
    terminate: () => socket.terminate(),
  };
}

/** Stands in for a socket that could not be made: it ends as soon as its owner has it. */
export function closedSocket(listener: SocketListener, reason: string): Socket {
  queueMicrotask(() => listener.closed({ kind: 'lost', reason }));
  return { send: () => undefined, close: () => undefined, terminate: () => undefined };
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The server refused the connection.',
  ECONNRESET: 'The connection was cut.',
  EPIPE: 'The connection was cut.',
  ENOTFOUND: 'The server was not found. Is the computer online?',
  EAI_AGAIN: 'The server was not found. Is the computer online?',
  ENETUNREACH: 'The network cannot be reached. Is the computer online?',
  EHOSTUNREACH: 'The server cannot be reached. Is the computer online?',
  ETIMEDOUT: 'The server did not answer.',
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 'The server sent a message larger than any it should.',
};

/** A failure in words. Unknown ones show their code only, as a message may quote the address. */
export function wordsFor(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) return 'The connection failed.';
  return WORDS[code] ?? `The connection failed (${code}).`;
}
