import { isRecord } from '../../core/is-record.ts';

/** One message of a capture, as it went over the wire. */
export interface CapturedMessage {
  /** Which of the venue's connections; empty where the capture does not tell. */
  readonly connection: string;
  readonly direction: 'in' | 'out';
  readonly message: Uint8Array | string;
}

/**
 * The socket messages of a file that `capture` wrote, in order, for venues that talk in bytes:
 * `{"frames": [{"frameBase64": "…"} | {"frameText": "…"}, …]}`, each perhaps with `direction` and `connection`.
 * Bodies of HTTP answers and frames that were left blank are passed over. Undefined when `bytes` are no such file.
 */
export function readCapturedMessages(bytes: Uint8Array): readonly CapturedMessage[] | undefined {
  const frames = framesOf(bytes);
  return frames?.flatMap((frame): readonly CapturedMessage[] => {
    if (!isRecord(frame) || frame['transport'] === 'http') return [];
    const message = messageOf(frame);
    if (message === undefined) return [];
    const { connection, direction } = frame;
    return [
      {
        connection: typeof connection === 'string' ? connection : '',
        direction: direction === 'client-to-server' ? 'out' : 'in',
        message,
      },
    ];
  });
}

function messageOf({ frameBase64, frameText }: Readonly<Record<string, unknown>>): Uint8Array | string | undefined {
  if (typeof frameBase64 === 'string') return new Uint8Array(Buffer.from(frameBase64, 'base64'));
  return typeof frameText === 'string' ? frameText : undefined;
}

function framesOf(bytes: Uint8Array): readonly unknown[] | undefined {
  // A capture is an object in text; no venue's binary message begins with its first two characters.
  if (bytes[0] !== 0x7b || !(bytes[1] === 0x0a || bytes[1] === 0x0d || bytes[1] === 0x20 || bytes[1] === 0x22))
    return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isRecord(value) && Array.isArray(value['frames']) ? value['frames'] : undefined;
  } catch {
    return undefined;
  }
}
