import { SECOND_MS } from '../../../core/brand.ts';
import type { Clock } from '../../engine/ports.ts';
import type { WakeBell } from './wake-bell.ts';

/** However often the bell rings, this long lies between two answers to it. */
const APART_MS = 5 * SECOND_MS;

/** A bell as one connection hears it. */
export interface Alarm {
  /** What a ring means just now. */
  answer: () => void;
  end(): void;
}

/**
 * Answers the bell, at most once in five seconds: a ring that comes too soon is answered when they are over, as the
 * network may have come back only with the last of them.
 */
export function createAlarm(bell: WakeBell | undefined, clock: Clock): Alarm {
  let answeredAt: number | undefined;
  let cancelTimer: (() => void) | undefined;
  const alarm: Alarm = {
    answer: () => undefined,
    end() {
      stopListening?.();
      cancelTimer?.();
    },
  };
  const answer = (): void => {
    cancelTimer = undefined;
    answeredAt = clock.now();
    alarm.answer();
  };
  const stopListening = bell?.listen(() => {
    if (cancelTimer !== undefined) return;
    const sinceMs = answeredAt === undefined ? APART_MS : clock.now() - answeredAt;
    // A clock that was set back says nothing; then the whole wait is safe.
    if (sinceMs >= APART_MS) answer();
    else cancelTimer = clock.after(sinceMs < 0 ? APART_MS : APART_MS - sinceMs, answer);
  });
  return alarm;
}
