import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../../../core/errors.ts';
import type { EngineHost } from '../../engine/host.ts';
import { answerRequest, KEY_NEEDED, urlOf, WRONG_HOST } from './answer-request.ts';
import { isOwnHost, isOwnPage, type LocalAddress } from './local-guard.ts';
import { createPageSockets } from './page-sockets.ts';
import { createPublicApi, refuse } from './public-api.ts';

export interface WebDoorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** The built page: a folder with `index.html`. */
  readonly pageDir: string;
  /** Opens `/historic` and `/ws` to scripts that know it; undefined keeps both shut. */
  readonly apiKey?: string | undefined;
}

export interface WebDoor {
  /** The start link, with the launch key in it: whoever has it can use the app until it ends. */
  readonly link: string;
  readonly port: number;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/** Serves page and engine to this machine alone. Throws an AppError when the port cannot be had. */
export async function serveWeb(engine: EngineHost, options: WebDoorOptions): Promise<WebDoor> {
  const server = createServer();
  const port = await listen(server, options.port);
  const address: LocalAddress = { port, launchKey: randomBytes(32).toString('base64url') };
  const pages = createPageSockets(engine);
  const closing = new AbortController();
  const { logins } = engine;
  const api = options.apiKey === undefined ? undefined : createPublicApi(engine, options.apiKey);

  server.on('request', (request, response) => {
    const room = { address, pageDir: options.pageDir, api, logins, stop: closing.signal };
    answerRequest(request, response, room).catch((thrown: unknown) => {
      if (!closing.signal.aborted) engine.report(AppError.from(thrown));
      response.destroy();
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const { pathname, searchParams } = urlOf(request);
    const { headers } = request;
    if (!isOwnHost(headers, port)) refuse(socket, '403 Forbidden', WRONG_HOST);
    else if (pathname === '/ws' && api !== undefined) {
      if (api.hasKey(request, searchParams)) api.accept(request, socket, head);
      else refuse(socket, '401 Unauthorized', KEY_NEEDED);
    } else if (pathname !== '/engine') refuse(socket, '404 Not Found', 'There is nothing here.');
    else if (isOwnPage(headers, address)) pages.accept(request, socket, head);
    else refuse(socket, '403 Forbidden', 'Only the app page, opened with the start link, may connect.');
  });

  return {
    link: `http://${LOOPBACK}:${port}/?key=${address.launchKey}`,
    port,
    async close() {
      closing.abort();
      pages.close();
      api?.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw portError(port, cause);
  }
  const address = server.address();
  // A TCP server that listens has an address object; text and null are for pipes and closed servers.
  return address !== null && typeof address === 'object' ? address.port : port;
}

function portError(port: number, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const message =
    code === 'EADDRINUSE'
      ? `Port ${port} is in use by another program. Choose another with --port, or let any free one be taken with --port 0.`
      : code === 'EACCES'
        ? `This user may not open port ${port}. Choose one above 1023 with --port.`
        : `Port ${port} could not be opened. Choose another with --port.`;
  return new AppError(code === 'EADDRINUSE' ? 'invalid-input' : 'network', message, { cause, context: { port } });
}
