import { SECOND_MS } from '../../core/brand.ts';
import type { ListedHoliday } from '../../core/calendar-refresh.ts';
import { AppError } from '../../core/errors.ts';
import type { Clock } from '../engine/ports.ts';
import { readHolidayList } from './nse-holiday-list.ts';

/** Where NSE's list is; `TICKSCOPE_NSE_URL` names another server. */
export const NSE_URL = 'https://www.nseindia.com';

export interface RefreshSource {
  readonly clock: Clock;
  readonly url?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
}

const PATIENCE_MS = 10 * SECOND_MS;
const LARGEST_BYTES = 1024 * 1024;

/** The site answers browsers only, and only with the cookies of its home page. */
const HEADERS = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  accept: 'application/json, text/plain, */*',
  'accept-language': 'en-US,en;q=0.9',
};

/**
 * NSE's list of trading holidays, asked once. Throws AppError: `network` when there is no answer within ten seconds,
 * `forbidden` when it refuses, `invalid-input` when the answer is no such list; rejects with `stop`'s reason when
 * that aborts.
 */
export async function fetchHolidayList(source: RefreshSource, stop: AbortSignal): Promise<readonly ListedHoliday[]> {
  const { clock, url = NSE_URL, fetch: send = fetch } = source;
  stop.throwIfAborted();
  const timeout = new AbortController();
  const cancelTimer = clock.after(PATIENCE_MS, () => timeout.abort());
  const signal = AbortSignal.any([stop, timeout.signal]);
  try {
    const home = await send(new URL('/', url), { headers: { ...HEADERS, accept: 'text/html' }, signal });
    await home.body?.cancel();
    const cookie = home.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const headers = { ...HEADERS, referer: new URL('/resources/exchange-communication-holidays', url).href, cookie };
    const answer = await send(new URL('/api/holiday-master?type=trading', url), { headers, signal });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw refused(answer.status);
    }
    return readHolidayList(await textOf(answer));
  } catch (thrown) {
    stop.throwIfAborted();
    if (thrown instanceof AppError) throw thrown;
    throw unreachable(timeout.signal.aborted ? 'did not answer within 10 seconds' : 'cannot be reached', thrown);
  } finally {
    cancelTimer();
  }
}

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_BYTES)
      throw new AppError('invalid-input', `The exchange's list of holidays is too long. ${STAYS}`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

const STAYS = 'The calendar stays as it is, and Tickscope asks again at the next start.';

function refused(status: number): AppError {
  const code = status === 401 || status === 403 ? 'forbidden' : 'network';
  return new AppError(code, `The exchange does not give its list of holidays (HTTP ${status}). ${STAYS}`);
}

function unreachable(what: string, thrown: unknown): AppError {
  // fetch hides the reason in `cause`; its own message may quote the address.
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return new AppError('network', `The exchange's list of holidays ${what}. ${STAYS}`, { cause });
}
