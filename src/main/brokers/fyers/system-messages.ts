import { isRecord } from '../../../core/is-record.ts';
import { type AnswerTo, FAILURE_CODE } from './events.ts';

/**
 * What the server says of the connection rather than of prices, by the names of the official clients: `cn` connected,
 * `sub`, `unsub`, `cp` paused, `cr` resumed, `ful` and `lit` for the mode.
 */
export interface SystemMessage {
  readonly type: string;
  readonly s: 'ok' | 'error';
  readonly code: number;
  readonly message: string;
}

const NAMES: Readonly<Record<AnswerTo | 'login', string>> = {
  login: 'cn',
  subscribe: 'sub',
  unsubscribe: 'unsub',
  pause: 'cp',
  resume: 'cr',
  snapshot: 'snap',
  'option-chain': 'oc',
  mode: 'ful',
};

/** The answer of the server to a request of ours, as the official clients would tell it. */
export function systemMessageOf(to: AnswerTo | 'login', ok: boolean, mode: 'full' | 'lite' = 'full'): SystemMessage {
  const type = to === 'mode' && mode === 'lite' ? 'lit' : NAMES[to];
  return ok
    ? { type, s: 'ok', code: 200, message: 'successful' }
    : { type, s: 'error', code: FAILURE_CODE[to], message: 'refused' };
}

/** What a text message of the data socket is about. */
export type TextMessage =
  | { readonly kind: 'system'; readonly message: SystemMessage }
  /** A shape nobody documented. */
  | { readonly kind: 'unknown' }
  /** Not JSON, or not an object. */
  | { readonly kind: 'unreadable' };

const KNOWN = new Set([...Object.values(NAMES), 'lit']);
const LONGEST_TEXT = 200;

/** Reads a text message; the server sends frames, and text only in older versions and to other clients. Never throws. */
export function parseTextMessage(text: string): TextMessage {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { kind: 'unreadable' };
  }
  if (!isRecord(message)) return { kind: 'unreadable' };
  const { type, s, code, message: words } = message;
  if (typeof type !== 'string' || !KNOWN.has(type)) return { kind: 'unknown' };
  return {
    kind: 'system',
    message: {
      type,
      s: s === 'error' ? 'error' : 'ok',
      code: typeof code === 'number' ? code : 0,
      message: typeof words === 'string' ? words.slice(0, LONGEST_TEXT) : '',
    },
  };
}
