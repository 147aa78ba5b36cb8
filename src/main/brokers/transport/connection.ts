import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import type { Clock } from '../../engine/ports.ts';
import type { Link } from './link.ts';
import type { Socket, SocketEnd } from './socket.ts';

/** When a connection is taken for dead, in milliseconds. */
export interface Patience {
  /** From the first attempt to an open socket. */
  readonly connectMs: number;
  /** Without any message at all, heartbeats included. */
  readonly silenceMs: number;
  /** Without data while it is due: the status says `stale`. */
  readonly staleMs: number;
  /** Without data while it is due: hang up and connect anew. */
  readonly dataMs: number;
  /** From our goodbye to hanging up. */
  readonly goodbyeMs: number;
}

export const PATIENCE: Patience = {
  connectMs: 10 * SECOND_MS,
  silenceMs: 10 * SECOND_MS,
  staleMs: 15 * SECOND_MS,
  dataMs: 60 * SECOND_MS,
  goodbyeMs: SECOND_MS,
};

/** How often the silence is measured. */
const LOOK_MS = SECOND_MS;

export interface ConnectionEnd {
  readonly end: SocketEnd;
  /** At least one message brought good data. */
  readonly hadData: boolean;
}

/** What outlives a connection. */
export interface ConnectionMemory {
  lastDataAt: EpochMs | undefined;
}

/**
 * One connection, from the attempt to the end of its socket. Resolves once the socket is closed, whoever closed
 * it; never rejects. While it is open the link hears `live` and `stale`.
 */
export function runConnection(
  link: Link,
  memory: ConnectionMemory,
  clock: Clock,
  patience: Patience,
  stop: AbortSignal,
): Promise<ConnectionEnd> {
  return new Promise((resolve) => {
    let isOver = false;
    let state: 'new' | 'live' | 'stale' = 'new';
    let hadData = false;
    let heardAt = clock.now();
    /** Since when data has been due: its newest arrival, or the newest moment when none was to be expected. */
    let dueSince = heardAt;
    let cancelTimer = clock.after(patience.connectMs, () => hangUp(`No answer within ${seconds(patience.connectMs)}.`));

    const finish = (end: SocketEnd): void => {
      if (isOver) return;
      isOver = true;
      cancelTimer();
      stop.removeEventListener('abort', sayGoodbye);
      link.closed();
      resolve({ end, hadData });
    };
    const hangUp = (reason: string): void => {
      finish({ kind: 'lost', reason });
      socket.terminate();
    };
    const sayGoodbye = (): void => {
      cancelTimer();
      cancelTimer = clock.after(patience.goodbyeMs, () => hangUp('Stopped.'));
      socket.close();
    };
    const goLive = (): void => {
      if (state === 'live') return;
      state = 'live';
      link.status({ state: 'live', since: clock.now() });
    };
    const look = (): void => {
      const now = clock.now();
      const isDue = link.isDataDue(now);
      if (!isDue) dueSince = now;
      const quietMs = now - dueSince;
      if (now - heardAt >= patience.silenceMs) {
        hangUp(`Nothing was heard for ${seconds(patience.silenceMs)}.`);
        return;
      }
      if (quietMs >= patience.dataMs) {
        hangUp(`No price came for ${seconds(patience.dataMs)} in market hours.`);
        return;
      }
      if (quietMs >= patience.staleMs && state !== 'stale') {
        state = 'stale';
        link.status({ state: 'stale', lastTickAt: memory.lastDataAt ?? dueSince });
      }
      // The market has closed: what the screen shows is as new as it gets.
      if (!isDue && state === 'stale') goLive();
      cancelTimer = clock.after(LOOK_MS, look);
    };

    const socket: Socket = link.connect({
      opened() {
        if (isOver || stop.aborted) return;
        heardAt = clock.now();
        dueSince = heardAt;
        cancelTimer();
        cancelTimer = clock.after(LOOK_MS, look);
        link.opened(socket);
      },
      received(message) {
        if (isOver || stop.aborted) return;
        heardAt = clock.now();
        if (link.received(message)) {
          hadData = true;
          memory.lastDataAt = heardAt;
          dueSince = heardAt;
          goLive();
        } else if (state === 'new' && !link.isDataDue(heardAt)) goLive();
      },
      closed: finish,
    });
    if (stop.aborted) sayGoodbye();
    else stop.addEventListener('abort', sayGoodbye);
  });
}

function seconds(ms: number): string {
  return `${ms / SECOND_MS} seconds`;
}
