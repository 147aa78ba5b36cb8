import { wordsForEnd } from '../transport/end-rules.ts';
import { certificateWords } from '../transport/failure-words.ts';
import type { EndVerdict } from '../transport/link.ts';
import type { SocketEnd } from '../transport/socket.ts';
import { withoutSecrets } from './envelope.ts';
import { KEY_REFUSED } from './errors.ts';
import type { FcsOptions } from './options.ts';

/** Knows what the end of a connection means, and when to give up. */
export interface EndJudge {
  /** The socket is open, and the server has not said welcome yet. */
  opened(): void;
  /** The server let us in: attempts are counted anew. */
  welcomed(): void;
  /** The server said that it is the key. */
  keyRefused(): void;
  verdict(end: SocketEnd): EndVerdict | undefined;
}

const LONGEST_WORDS = 120;
/** The close code of a goodbye. */
const GOODBYE = 1000;
/** So many connections that ended without a welcome are no accident. */
const UNWELCOME = 2;

/**
 * - A key that was refused, by a frame or by HTTP 401 or 403, ends it all.
 * - Every other end counts as a failed attempt until the next welcome; past the limit, if one is set, it is over.
 * - Twice closed before the welcome, the sentence says what may be behind it: nothing of FCS's tells a plan without the
 *   live feed from a fault.
 */
export function createEndJudge(
  { reconnectDelayMs, reconnectLimit }: Pick<FcsOptions, 'reconnectDelayMs' | 'reconnectLimit'>,
  accessKey: string,
): EndJudge {
  let isKeyRefused = false;
  let isOpen = false;
  let failures = 0;
  let unwelcome = 0;

  return {
    opened() {
      isOpen = true;
    },
    welcomed() {
      isOpen = false;
      failures = 0;
      unwelcome = 0;
    },
    keyRefused() {
      isKeyRefused = true;
    },
    verdict(end) {
      if (isOpen) unwelcome += 1;
      isOpen = false;
      const isRefused = end.kind === 'refused' && (end.httpStatus === 401 || end.httpStatus === 403);
      if (isKeyRefused || isRefused) {
        isKeyRefused = false;
        return { kind: 'stop', reason: 'auth-expired', message: KEY_REFUSED };
      }
      failures += 1;
      const words = wordsOf(end, accessKey);
      if (reconnectLimit > 0 && failures > reconnectLimit)
        return { kind: 'stop', reason: 'failed', message: gaveUp(reconnectLimit, words) };
      if (isForTheUsualRules(end)) return undefined;
      const reason = unwelcome >= UNWELCOME ? `${words} ${NOT_WELCOME}` : words;
      return { kind: 'wait', ms: reconnectDelayMs, reason };
    },
  };
}

/** They know more of certificates, and of servers that are overrun. */
function isForTheUsualRules(end: SocketEnd): boolean {
  return end.kind === 'refused' ? end.httpStatus === 429 : certificateWords(end.failure) !== undefined;
}

const NOT_WELCOME =
  'More than once it did not say welcome before: the key, its plan or the address may be refused. The live feed is part of the paid plans.';

/** The close code, and what the server said beside it; or what else happened. */
function wordsOf(end: SocketEnd, accessKey: string): string {
  if (end.kind === 'refused' || end.code === undefined) return wordsForEnd(end);
  const said = withoutSecrets(end.said ?? '', [accessKey]).slice(0, LONGEST_WORDS);
  const how = end.code === GOODBYE ? 'as if all were said' : 'unexpectedly';
  return `FCS closed the connection ${how} (code ${end.code}${said === '' ? '' : `: "${said}"`}).`;
}

function gaveUp(limit: number, words: string): string {
  const times = limit === 1 ? 'after one more attempt' : `after ${limit} more attempts`;
  return `${words} Tickscope gave up ${times}, as the settings say. Choose Reconnect to try again.`;
}
