import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import type { Clock } from '../../engine/ports.ts';
import type { Alarm } from './alarm.ts';
import type { GuardedLink } from './guarded-link.ts';
import { startHeart } from './heart.ts';
import { Intake } from './intake.ts';
import type { EndVerdict } from './link.ts';
import type { ConnectionRecord } from './meter.ts';
import type { Patience } from './patience.ts';
import type { Socket, SocketEnd } from './socket.ts';
import { SilenceWatch } from './watch-silence.ts';

export { PATIENCE, type Patience } from './patience.ts';

export interface ConnectionEnd {
  readonly end: SocketEnd;
  /** What the venue says of it. */
  readonly verdict: EndVerdict | undefined;
  /** At least one message brought good data. */
  readonly hadData: boolean;
  /** How long the venue had let us in. */
  readonly livedMs: number;
  /** We hung up because the computer woke up or its network changed. */
  readonly isWoken: boolean;
}

export interface ConnectionParts {
  readonly link: GuardedLink;
  readonly clock: Clock;
  readonly patience: Patience;
  readonly record: ConnectionRecord;
  readonly alarm: Alarm;
  /** What outlives a connection. */
  readonly memory: { lastDataAt: EpochMs | undefined };
  /** Messages were thrown away unread. */
  dropped(messages: number): void;
}

/** Whoever spoke this lately survived the sleep. */
const AWAKE_MS = SECOND_MS;

/**
 * One connection, from the attempt to the end of its socket. Resolves once the socket is closed, whoever closed
 * it; never rejects. While it is open the link hears `live` and `stale`.
 *
 * What came before a loss is read before the link hears of the loss. After our own goodbye nothing is read any more.
 */
export function runConnection(parts: ConnectionParts, stop: AbortSignal): Promise<ConnectionEnd> {
  const { link, clock, patience, record, alarm, memory } = parts;
  return new Promise((resolve) => {
    let isOver = false;
    let isEnding = false;
    let isWoken = false;
    let state: 'new' | 'live' | 'stale' = 'new';
    let readyAt: EpochMs | undefined;
    let hadData = false;
    let stopHeart = (): void => undefined;

    const finish = (end: SocketEnd): void => {
      if (isEnding) return;
      isEnding = true;
      cancelDeadline();
      stopHeart();
      silence.end();
      alarm.answer = () => undefined;
      stop.removeEventListener('abort', sayGoodbye);
      if (!stop.aborted) intake.drain();
      intake.end();
      isOver = true;
      const verdict = stop.aborted || isWoken ? undefined : link.judgeEnd(end);
      link.closed();
      const livedMs = readyAt === undefined ? 0 : Math.max(0, clock.now() - readyAt);
      resolve({ end, verdict, hadData, livedMs, isWoken });
    };
    const hangUp = (reason: string): void => {
      finish({ kind: 'lost', reason });
      link.attempt(() => socket.terminate());
    };
    const sayGoodbye = (): void => {
      cancelDeadline();
      stopHeart();
      silence.end();
      intake.end();
      cancelDeadline = clock.after(patience.goodbyeMs, () => hangUp('Stopped.'));
      link.attempt(() => socket.close());
    };
    const goLive = (): void => {
      if (state === 'live') return;
      state = 'live';
      link.status({ state: 'live', since: clock.now() });
    };
    const seeWhetherReady = (): void => {
      if (readyAt !== undefined || isEnding || !link.isReady()) return;
      readyAt = clock.now();
      cancelDeadline();
      record.connected();
      stopHeart = startHeart(link, socket, clock);
    };
    const read = (message: Uint8Array | string): void => {
      if (isOver || stop.aborted) return;
      const isData = link.received(message);
      seeWhetherReady();
      if (isData) {
        hadData = true;
        const at = clock.now();
        memory.lastDataAt = at;
        record.data(at);
        silence.data(at);
        goLive();
      } else if (state === 'new' && readyAt !== undefined && !link.isDataDue(clock.now())) goLive();
    };

    const intake = new Intake({
      clock,
      handle: read,
      dropped(messages) {
        record.dropped(messages);
        link.attempt(() => parts.dropped(messages));
      },
    });
    const silence = new SilenceWatch({
      link,
      clock,
      patience,
      stale(since) {
        if (state === 'stale') return;
        state = 'stale';
        link.status({ state: 'stale', lastTickAt: memory.lastDataAt ?? since });
      },
      rested() {
        if (state === 'stale') goLive();
      },
      dead: hangUp,
    });
    let cancelDeadline = clock.after(patience.connectMs, () =>
      hangUp(`No answer within ${patience.connectMs / SECOND_MS} seconds.`),
    );
    alarm.answer = () => {
      if (silence.spokeWithin(AWAKE_MS)) return;
      isWoken = true;
      hangUp('The computer woke up, or its network changed.');
    };

    const socket: Socket = link.connect({
      opened() {
        if (isOver || stop.aborted) return;
        silence.start();
        link.opened(socket);
        seeWhetherReady();
      },
      received(message) {
        if (isOver || stop.aborted) return;
        // Asked once for both: in a flood the clock would be the dearest of all that is done with a message.
        const at = clock.now();
        silence.heard(at);
        record.heard(typeof message === 'string' ? Buffer.byteLength(message) : message.byteLength, at);
        intake.take(message);
      },
      closed: finish,
    });
    if (stop.aborted) sayGoodbye();
    else stop.addEventListener('abort', sayGoodbye);
  });
}
