import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a server answers one request. */
export type Answer = (response: ServerResponse, received: Received) => void;

export interface Receiver {
  readonly url: string;
  /** What came, in order, answered or not. */
  readonly received: readonly Received[];
  /** From now on it answers so. */
  answers(answer: Answer): void;
}

/** Answers with a status, and perhaps a text or headers. */
export function says(status: number, text = '', headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(status, headers);
    response.end(text);
  };
}

/** Takes the request and says nothing, ever. */
export const hangs: Answer = () => undefined;

/** Cuts the connection. */
export const cuts: Answer = (response) => {
  response.destroy();
};

/** Says that all is well, begins a text, and never ends it. */
export const stalls: Answer = (response) => {
  response.writeHead(200);
  response.write('so far');
};

/** Says that all is well, and talks until the connection is closed. */
export const floods: Answer = (response) => {
  const part = 'x'.repeat(64 * 1_024);
  const talk = (): void => {
    while (!response.destroyed && response.write(part));
    if (!response.destroyed) response.once('drain', talk);
  };
  response.writeHead(200);
  talk();
};

/** A server for webhooks on this machine: a real one, gone when the test ends. */
export async function webhookReceiver(first: Answer = says(204)): Promise<Receiver> {
  const received: Received[] = [];
  let answer = first;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const what = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
      received.push(what);
      answer(response, what);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    answers(next) {
      answer = next;
    },
  };
}
