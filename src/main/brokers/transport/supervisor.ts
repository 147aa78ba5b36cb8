import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { FeedStatus } from '../../../core/feed-status.ts';
import { pause } from '../../engine/pause.ts';
import type { Clock } from '../../engine/ports.ts';
import { createAlarm } from './alarm.ts';
import { backOffMs, type Jitter } from './back-off.ts';
import { type ConnectionEnd, runConnection } from './connection.ts';
import { usualVerdict, wordsForEnd } from './end-rules.ts';
import { guardedLink } from './guarded-link.ts';
import type { Link } from './link.ts';
import { type ConnectionRecord, Meter } from './meter.ts';
import { PATIENCE, type Patience } from './patience.ts';
import type { WakeBell } from './wake-bell.ts';

export interface SupervisorOptions {
  readonly clock: Clock;
  readonly jitter: Jitter;
  readonly patience?: Partial<Patience> | undefined;
  /** How long to wait after the `failures`th failure in a row, where the venue asks for other waits than the usual. */
  readonly waitMs?: ((failures: number, jitter: Jitter) => number) | undefined;
  /** Counts what happens. */
  readonly meter?: ConnectionRecord | undefined;
  /** Rung after a sleep or a change of network. */
  readonly bell?: WakeBell | undefined;
  /** Messages were thrown away unread: more came than could be read. */
  readonly onDropped?: ((messages: number) => void) | undefined;
}

/** A connection that brought data and ended sooner than this is no proof that all is well. */
const STEADY_MS = 10 * SECOND_MS;
/** A venue's wish to come back at once is granted this often. */
const NOW_APART_MS = MINUTE_MS;
/** However short a venue would have its waits: the first of the usual ones. */
const SHORTEST_MS = 0.8 * SECOND_MS;
/** Whatever a venue says, it is asked again after this long. */
const LONGEST_MS = HOUR_MS;

/**
 * The one owner of a connection's life: connects, watches over it, and connects anew, until `stop` aborts or there is
 * nothing we can do. Never rejects, and at no time holds two sockets.
 *
 * - An attempt has 10 s until the venue lets us in.
 * - The wait after a failure doubles from 1 to 60 s and starts over once a connection brought good data; while such
 *   connections last less than 10 s, it goes on doubling.
 * - Without any message for 10 s, or in market hours without data for 60 s, it hangs up; `stale` after 15 s.
 * - What an end means the link may say (`judgeEnd`), else `usualVerdict` does: HTTP 401 and 403 end in
 *   `stopped: auth-expired` without another try. An abort ends in `stopped: by-user`, unless its reason is an AppError
 *   that says `auth-expired`.
 * - When the bell rings, a wait is over, and a connection that said nothing within a second is made anew; once in 5 s.
 */
export async function supervise(link: Link, options: SupervisorOptions, stop: AbortSignal): Promise<void> {
  const { clock, jitter, waitMs = backOffMs, meter: record = new Meter('', clock) } = options;
  const safe = guardedLink(link, record);
  const sayStopped = (): void => safe.status(stoppedBy(stop.reason));
  if (stop.aborted) return sayStopped();
  stop.addEventListener('abort', sayStopped);
  const alarm = createAlarm(options.bell, clock);
  const parts = {
    link: safe,
    clock,
    patience: { ...PATIENCE, ...options.patience },
    record,
    alarm,
    memory: { lastDataAt: undefined },
    dropped: (messages: number) => options.onDropped?.(messages),
  };

  const course = new Course(clock);
  while (!stop.aborted) {
    safe.status({ state: 'connecting', attempt: course.failures + 1 });
    const ended = await runConnection(parts, stop);
    if (stop.aborted) break;
    if (ended.isWoken) {
      course.woke(ended);
      continue;
    }
    record.lost();
    course.failed(ended);
    const verdict = ended.verdict ?? usualVerdict(ended.end, course.worked);
    if (verdict.kind === 'stop') {
      safe.status({ state: 'stopped', reason: verdict.reason, message: verdict.message });
      break;
    }
    if (verdict.kind === 'now' && course.mayHurry()) continue;
    const atLeastMs = verdict.kind === 'wait' && verdict.ms > 0 ? Math.min(verdict.ms, LONGEST_MS) : 0;
    const usualMs = waitMs(course.failures, jitter);
    const forMs = Math.max(usualMs >= SHORTEST_MS ? usualMs : SHORTEST_MS, atLeastMs);
    const reason = verdict.reason ?? wordsForEnd(ended.end);
    safe.status({ state: 'waiting', retryAt: (clock.now() + forMs) as EpochMs, reason });
    const rung = new AbortController();
    alarm.answer = () => rung.abort();
    await pause(clock, forMs, AbortSignal.any([stop, rung.signal]));
  }
  alarm.end();
  stop.removeEventListener('abort', sayStopped);
}

/** How the connections went so far. */
class Course {
  readonly #clock: Clock;
  #failures = 0;
  #shortLives = 0;
  #hurriedAt: EpochMs | undefined;
  #hadDataSince = true;
  /** A venue let us in during this run. */
  worked = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** In a row, the newest included. */
  get failures(): number {
    return this.#failures;
  }

  failed(ended: ConnectionEnd): void {
    const { hadData, livedMs } = ended;
    this.#notice(ended);
    if (hadData) this.#shortLives = livedMs < STEADY_MS ? this.#shortLives + 1 : 1;
    this.#failures = hadData ? this.#shortLives : this.#failures + 1;
  }

  woke(ended: ConnectionEnd): void {
    this.#notice(ended);
    if (ended.hadData) this.#failures = 0;
  }

  /** Whether to connect at once: now and then, and not twice without good data in between. */
  mayHurry(): boolean {
    const now = this.#clock.now();
    if (!this.#hadDataSince || (this.#hurriedAt !== undefined && now - this.#hurriedAt < NOW_APART_MS)) return false;
    this.#hurriedAt = now;
    this.#hadDataSince = false;
    return true;
  }

  #notice({ hadData, livedMs }: ConnectionEnd): void {
    if (hadData || livedMs > 0) this.worked = true;
    if (hadData) this.#hadDataSince = true;
  }
}

function stoppedBy(reason: unknown): FeedStatus {
  if (reason instanceof AppError && reason.code === 'auth-expired')
    return { state: 'stopped', reason: 'auth-expired', message: reason.message };
  return { state: 'stopped', reason: 'by-user' };
}
