import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { EngineHost } from '../../engine/host.ts';
import { dispatch } from '../dispatch.ts';

const request = z.object({ id: z.number(), name: z.string(), input: z.unknown().optional() });

/** A page that falls this far behind is dropped; it reconnects and takes a fresh snapshot. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024;

export interface Sockets {
  /** Takes over a connection that asked to become a WebSocket, once it was found to be allowed. */
  accept(incoming: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Serves the engine to browser pages on this machine, over one WebSocket each. */
export function createPageSockets(engine: EngineHost): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  return {
    accept: (incoming, socket, head) =>
      sockets.handleUpgrade(incoming, socket, head, (page) => {
        connect(engine, page);
      }),
    close() {
      for (const page of sockets.clients) page.terminate();
      sockets.close();
    },
  };
}

/** Sends unless the receiver has stopped reading, in which case it is dropped. */
export function sendOrDrop(socket: WebSocket, message: unknown): void {
  if (socket.bufferedAmount > MAX_BACKLOG_BYTES) socket.terminate();
  else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
}

function connect(engine: EngineHost, page: WebSocket): void {
  const unsubscribe = engine.subscribe((batch) => {
    sendOrDrop(page, { batch });
  });
  page.on('close', unsubscribe);
  page.on('error', () => {
    page.terminate();
  });
  page.on('message', (data) => {
    void answer(engine, page, data.toString());
  });
}

async function answer(engine: EngineHost, page: WebSocket, text: string): Promise<void> {
  const message = request.safeParse(safeJson(text));
  if (!message.success) {
    page.terminate();
    return;
  }
  const { id, name, input } = message.data;
  sendOrDrop(page, { id, reply: await dispatch(engine, name, input) });
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
