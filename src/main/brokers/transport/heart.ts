import { SECOND_MS } from '../../../core/brand.ts';
import type { Clock } from '../../engine/ports.ts';
import type { GuardedLink } from './guarded-link.ts';
import type { Socket } from './socket.ts';

/** A venue may ask for beats as often as this, and no oftener; one that wants none now is asked again this soon. */
const SHORTEST_MS = SECOND_MS;

/**
 * Sends the link's heartbeats, the first at once, until the returned function is called. Each is asked for just
 * before it is sent, and once.
 */
export function startHeart(link: GuardedLink, socket: Socket, clock: Clock): () => void {
  let cancelTimer = (): void => undefined;
  let isOver = false;
  const beat = (): void => {
    const heartbeat = link.heartbeat();
    if (heartbeat !== undefined) {
      link.attempt(() => socket.send(heartbeat.message));
      if (heartbeat.control === true) link.attempt(() => socket.ping?.());
    }
    // Asking or sending may have ended the connection.
    if (isOver) return;
    const everyMs = heartbeat?.everyMs ?? SHORTEST_MS;
    // A venue may say anything, also what is no number.
    cancelTimer = clock.after(everyMs >= SHORTEST_MS ? everyMs : SHORTEST_MS, beat);
  };
  beat();
  return () => {
    isOver = true;
    cancelTimer();
  };
}
