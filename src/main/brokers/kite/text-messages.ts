import { isRecord } from '../../../core/is-record.ts';

/** What a text message of the ticker is about. */
export type TextMessage =
  /** An order of the user changed; the data is Kite's order object. */
  | { readonly type: 'order'; readonly order: unknown }
  | { readonly type: 'error'; readonly text: string }
  /** A notice of the broker's. */
  | { readonly type: 'notice'; readonly text: string }
  /** The instruments dump changed: sent right after connecting, undocumented. */
  | { readonly type: 'instruments-meta'; readonly count: number | undefined; readonly etag: string | undefined }
  /** A type nobody documented; to be ignored. */
  | { readonly type: 'unknown'; readonly name: string }
  /** Not JSON, or not an object with a type. */
  | { readonly type: 'unreadable' };

const LONGEST_TEXT = 200;

/** Reads a text message. Never throws. Types: docs/wire-formats/kite.md, "Text messages". */
export function parseTextMessage(text: string): TextMessage {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { type: 'unreadable' };
  }
  if (!isRecord(message) || typeof message['type'] !== 'string') return { type: 'unreadable' };
  const { type, data } = message;
  switch (type) {
    case 'order':
      return { type, order: data };
    case 'error':
      return { type, text: shortText(data) };
    case 'message':
      return { type: 'notice', text: shortText(data) };
    case 'instruments_meta': {
      const meta = isRecord(data) ? data : {};
      const { count, etag } = meta;
      return {
        type: 'instruments-meta',
        count: typeof count === 'number' ? count : undefined,
        etag: typeof etag === 'string' ? etag : undefined,
      };
    }
    default:
      return { type: 'unknown', name: shortText(type) };
  }
}

function shortText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.slice(0, LONGEST_TEXT);
}
