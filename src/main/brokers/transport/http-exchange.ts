import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { SECOND_MS } from '../../../core/brand.ts';
import { codeOf } from './failure-words.ts';
import { trustIn } from './trusted-roots.ts';

export interface RawRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly largestBytes: number;
}

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  header(name: string): string | undefined;
}

/** The answer was longer than the caller takes. */
export class TooLarge extends Error {}

const UNPACKERS = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress };

/** How long a connection without a request is kept for the next one; as Node's own agents do. */
const IDLE_MS = 5 * SECOND_MS;

/** One exchange after another with the servers of one venue. Redirects are not followed, certificates are always checked. */
export function createExchange(ca: readonly string[] | undefined) {
  const plain = new PlainAgent({ keepAlive: true, timeout: IDLE_MS });
  let secure: SecureAgent | undefined;
  const secureAgent = (): SecureAgent => {
    if (secure === undefined) {
      const secureContext = trustIn(ca);
      const context = secureContext && { secureContext };
      secure = new SecureAgent({ keepAlive: true, timeout: IDLE_MS, rejectUnauthorized: true, ...context });
    }
    return secure;
  };

  const once = (asked: RawRequest, stop: AbortSignal): Promise<RawAnswer> =>
    new Promise((resolve, reject) => {
      const options = { method: asked.method, headers: asked.headers, signal: stop };
      const heard = (response: IncomingMessage): void => {
        const header = (name: string): string | undefined => {
          const value = response.headers[name.toLowerCase()];
          return Array.isArray(value) ? value.join(', ') : value;
        };
        readText(response, asked.largestBytes).then(
          (text) => resolve({ status: response.statusCode ?? 0, text, header }),
          (thrown: unknown) => {
            response.destroy();
            reject(thrown);
          },
        );
      };
      const request =
        asked.url.protocol === 'https:'
          ? secureRequest(asked.url, { ...options, agent: secureAgent() }, heard)
          : plainRequest(asked.url, { ...options, agent: plain }, heard);
      request.on('error', (error) => reject(request.reusedSocket ? new OnKeptConnection(error) : error));
      request.end(asked.body);
    });

  return async (asked: RawRequest, stop: AbortSignal): Promise<RawAnswer> => {
    try {
      return await once(asked, stop);
    } catch (thrown) {
      if (!(thrown instanceof OnKeptConnection)) throw thrown;
      // The server closed the idle connection just as we used it, and saw nothing of the request.
      if (codeOf(thrown.error) === 'ECONNRESET' && !stop.aborted) return await once(asked, stop);
      throw thrown.error;
    }
  };
}

class OnKeptConnection extends Error {
  readonly error: Error;

  constructor(error: Error) {
    super();
    this.error = error;
  }
}

/** The body as text, counted after unpacking. */
async function readText(response: IncomingMessage, largestBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of unpacked(response)) {
    bytes += chunk.byteLength;
    if (bytes > largestBytes) throw new TooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function unpacked(response: IncomingMessage): Readable {
  const encoding = (response.headers['content-encoding'] ?? '').trim().toLowerCase();
  const create = Object.entries(UNPACKERS).find(([name]) => name === encoding)?.[1];
  // A fault of either stream shows in the last one, which is read.
  return create === undefined ? response : pipeline(response, create(), () => undefined);
}
