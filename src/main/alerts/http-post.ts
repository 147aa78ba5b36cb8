import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Clock } from '../engine/ports.ts';

export interface PostRequest {
  /** What to call the server in a sentence, at its beginning. */
  readonly who: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** Any answer, also of 3xx to 5xx: redirects are not followed. */
export interface PostAnswer {
  readonly status: number;
  /** Its first 64 kB. */
  readonly text: string;
  header(name: string): string | undefined;
}

/** For the whole answer, to its last byte. */
const DEADLINE_MS = 10 * SECOND_MS;
const LARGEST_BYTES = 64 * 1024;

/** Messages are rare: a connection that was kept would be closed when the next one needs it. */
const PLAIN = new PlainAgent({ keepAlive: false });
const SECURE = new SecureAgent({ keepAlive: false });

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'cut the connection',
  EPIPE: 'cut the connection',
  ENOTFOUND: 'was not found; is the computer online, and the address right?',
  EAI_AGAIN: 'was not found; is the computer online?',
  ENETUNREACH: 'cannot be reached; is the computer online?',
  EHOSTUNREACH: 'cannot be reached; is the computer online?',
};

/**
 * Posts JSON once. Throws AppError `network` when there is no whole answer within ten seconds by `clock`, `forbidden`
 * when the server's certificate is not to be trusted; rejects with `stop`'s reason when that aborts. No error holds the
 * address or the body.
 */
export async function postJson(request: PostRequest, clock: Clock, stop: AbortSignal): Promise<PostAnswer> {
  stop.throwIfAborted();
  const late = new AbortController();
  const cancel = clock.after(DEADLINE_MS, () => late.abort());
  try {
    return await exchange(request, AbortSignal.any([stop, late.signal]));
  } catch (thrown) {
    stop.throwIfAborted();
    const { who } = request;
    if (late.signal.aborted) throw failure(`${who} did not answer within ${DEADLINE_MS / SECOND_MS} seconds.`);
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'no code';
    if (/CERT|SIGNATURE|ISSUER|SELF_SIGNED/.test(code))
      throw new AppError(
        'forbidden',
        `${who} shows a certificate that this computer does not trust (${code}). Check the address, and this computer's date.`,
      );
    // An error's own message may quote the address.
    throw failure(`${who} ${WORDS[code] ?? `cannot be reached (${code}).`}`);
  } finally {
    cancel();
  }
}

function exchange({ url, headers, body }: PostRequest, signal: AbortSignal): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const isSecure = url.protocol === 'https:';
    const options = {
      method: 'POST',
      signal,
      agent: isSecure ? SECURE : PLAIN,
      headers: {
        'content-type': 'application/json',
        'content-length': `${Buffer.byteLength(body)}`,
        'user-agent': 'Tickscope',
        ...headers,
      },
    };
    const hear = (response: IncomingMessage): void => {
      readStart(response).then((text) => {
        const header = (name: string): string | undefined => {
          const value = response.headers[name.toLowerCase()];
          return Array.isArray(value) ? value.join(', ') : value;
        };
        resolve({ status: response.statusCode ?? 0, text, header });
      }, reject);
    };
    const request = isSecure ? secureRequest(url, options, hear) : plainRequest(url, options, hear);
    request.on('error', reject);
    request.end(body);
  });
}

/** The beginning of the body as text; a longer one is cut off, connection and all. */
async function readStart(response: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response) {
    // Without an encoding a stream gives bytes.
    const part = (chunk as Buffer).subarray(0, LARGEST_BYTES - bytes);
    bytes += part.byteLength;
    text += decoder.decode(part, { stream: true });
    if (bytes >= LARGEST_BYTES) break;
  }
  return text + decoder.decode();
}

function failure(what: string): AppError {
  return new AppError('network', `${what.replace(/[.?]?$/, (end) => end || '.')} Tickscope tries again.`);
}
