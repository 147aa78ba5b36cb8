import { isRecord } from '../../../core/is-record.ts';
import type { PacketReject } from '../packet-reject.ts';

/** What the server said, as far as every message is alike. */
export type ServerFrame =
  | { readonly type: 'welcome' | 'ack' | 'pong'; readonly id: string }
  | { readonly type: 'error'; readonly id: string | undefined; readonly code: number; readonly text: string }
  | { readonly type: 'message'; readonly topic: string; readonly subject: string; readonly data: unknown }
  /** `notice`, `command`, and what nobody has told us of. */
  | { readonly type: 'other'; readonly name: string };

const LONGEST_TEXT = 200;
/** A stamp in nanoseconds as a bare number: JSON.parse would round it, and of a whole millisecond make the one before. */
const BARE_NANOSECONDS = /("time"\s*:\s*)(\d{19})(?=\s*[,}])/;

/** One text message. Never throws, whatever it is. Source: docs/wire-formats/kucoin.md, "What the server sends". */
export function readFrame(message: string): ServerFrame | PacketReject {
  let frame: unknown;
  try {
    frame = JSON.parse(message.replace(BARE_NANOSECONDS, '$1"$2"'));
  } catch {
    return { reject: 'unreadable', detail: `${message.length} characters that are not JSON` };
  }
  if (!isRecord(frame)) return { reject: 'unreadable', detail: 'not an object' };
  const { type, topic, subject, data, code } = frame;
  const id = readId(frame['id']);
  switch (type) {
    case 'welcome':
    case 'ack':
    case 'pong':
      return { type, id: id ?? '' };
    case 'error':
      return {
        type,
        id,
        code: typeof code === 'number' ? code : Number(code ?? Number.NaN),
        text: typeof data === 'string' ? data.slice(0, LONGEST_TEXT) : '',
      };
    case 'message':
      if (typeof topic !== 'string' || topic.length > LONGEST_TEXT)
        return { reject: 'unreadable', detail: 'a message without a topic' };
      return { type, topic, subject: typeof subject === 'string' ? subject.slice(0, LONGEST_TEXT) : '', data };
    default:
      if (typeof type !== 'string') return { reject: 'unreadable', detail: 'a frame without a type' };
      return { type: 'other', name: type.slice(0, 40) };
  }
}

/** An id may be a text or a number; it is compared as text. */
function readId(id: unknown): string | undefined {
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' ? id.slice(0, LONGEST_TEXT) : undefined;
}
