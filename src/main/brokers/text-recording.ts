import type { EpochMs } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import { isRecord } from '../../core/is-record.ts';

/** What was asked of a server, as far as the recording tells: its answer alone may not name the instrument. */
export interface RecordedRequest {
  readonly method: string | undefined;
  /** Without the query. */
  readonly path: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  /** As it was sent, mostly a text or an object; undefined where there was none. */
  readonly body: unknown;
}

/** One message of a venue that talks in text: a WebSocket frame, or the body of an HTTP answer. */
export interface RecordedText {
  /** As it came over the wire. */
  readonly text: string;
  readonly transport: 'ws' | 'http';
  /** `out` is what the client sent. */
  readonly direction: 'in' | 'out';
  /** HTTP status of an answer. */
  readonly status: number | undefined;
  readonly request: RecordedRequest | undefined;
  /** When it came; undefined where nobody wrote that down. */
  readonly receivedAt: EpochMs | undefined;
}

/**
 * The messages of a recording in text, in order. It may be
 * - frames as the venue sent them, one a line, or a single one over many lines;
 * - wrapped frames, one a line or alone: `{"frameText": "…"}`, or `{"frames": [{"frameText": "…"}, …]}`. Around a
 *   frame may stand `transport` (`ws`, `http`), `direction` (`server-to-client`, `client-to-server`), `status`,
 *   `request` and `receivedAt` (epoch ms); what stands around `frames` holds for each. `body` may stand for
 *   `frameText`, and `frame`, the parsed value, where neither is there. Frames that are no text (`frameBase64`) or were
 *   left out by `capture` (`leftOut`) are passed over.
 *
 * A line that is not JSON is a message all the same: what to make of it is the venue's business. Throws AppError
 * `invalid-input` for a file that is no such recording: empty, not UTF-8, or without any JSON.
 */
export function readTextRecording(bytes: Uint8Array): readonly RecordedText[] {
  const text = utf8(bytes).trim();
  if (text === '') throw new AppError('invalid-input', 'The recording is empty.');
  const lines = text.split(/\r?\n/).flatMap((line) => line.trim() || []);
  const [first = text] = lines;
  // A frame over many lines begins with a line that is not whole.
  if (parsed(first) === undefined && parsed(text) !== undefined) return messagesOf(text);
  return linesOf(lines);
}

/** A file without a single line of JSON is no recording, unless it is one frame that was cut off. */
function linesOf(lines: readonly string[]): readonly RecordedText[] {
  const [first = ''] = lines;
  const isOneFrame = lines.length === 1 && /^[[{]/.test(first);
  if (isOneFrame || lines.some((line) => parsed(line) !== undefined)) return lines.flatMap(messagesOf);
  throw new AppError(
    'invalid-input',
    'The recording holds no JSON. It is read as frames, one a line, or as a file with "frameText" or "frames".',
  );
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('invalid-input', 'The recording is no text in UTF-8. Is it of another venue?');
  }
}

const BARE: Omit<RecordedText, 'text'> = {
  transport: 'ws',
  direction: 'in',
  status: undefined,
  request: undefined,
  receivedAt: undefined,
};

/** A line, or a whole file, is a frame of the venue's or a wrapping of one or several. */
function messagesOf(text: string): readonly RecordedText[] {
  const value = parsed(text);
  return (isRecord(value) ? unwrap(value) : undefined) ?? [{ ...BARE, text }];
}

/** Undefined when it is no wrapping. */
function unwrap(value: Readonly<Record<string, unknown>>): readonly RecordedText[] | undefined {
  const { frames } = value;
  if (!Array.isArray(frames)) return unwrapOne(value, BARE);
  const around = surroundings(value, BARE);
  const messages: RecordedText[] = [];
  for (const frame of frames) {
    const found = typeof frame === 'string' ? [{ ...around, text: frame }] : unwrapOne(frame, around);
    if (found === undefined) return undefined;
    messages.push(...found);
  }
  return messages;
}

function unwrapOne(value: unknown, outer: Omit<RecordedText, 'text'>): readonly RecordedText[] | undefined {
  if (!isRecord(value)) return undefined;
  if (typeof value['frameBase64'] === 'string' || typeof value['leftOut'] === 'string') return [];
  const text = textOf(value);
  return text === undefined ? undefined : [{ ...surroundings(value, outer), text }];
}

function textOf({ frameText, body, frame, transport }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof frameText === 'string') return frameText;
  const isMarked = transport === 'ws' || transport === 'http';
  const content = body ?? frame;
  if (!isMarked || content === undefined) return undefined;
  return typeof content === 'string' ? content : JSON.stringify(content);
}

function surroundings(
  value: Readonly<Record<string, unknown>>,
  outer: Omit<RecordedText, 'text'>,
): Omit<RecordedText, 'text'> {
  const { transport, direction, status, request, receivedAt } = value;
  return {
    transport: transport === 'http' || transport === 'ws' ? transport : outer.transport,
    direction: direction === undefined ? outer.direction : direction === 'client-to-server' ? 'out' : 'in',
    status: typeof status === 'number' ? status : outer.status,
    request: isRecord(request) ? requestOf(request) : outer.request,
    receivedAt: typeof receivedAt === 'number' ? (receivedAt as EpochMs) : outer.receivedAt,
  };
}

function requestOf({ method, path, query, body }: Readonly<Record<string, unknown>>): RecordedRequest {
  const fields = isRecord(query) ? Object.entries(query).map(([name, value]) => [name, String(value)] as const) : [];
  return {
    method: typeof method === 'string' ? method : undefined,
    path: typeof path === 'string' ? path : undefined,
    query: Object.fromEntries(fields),
    body,
  };
}

/** Objects and lists only: a bare number or word is no message. */
function parsed(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
