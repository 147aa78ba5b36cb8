import { SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import { pause } from './pause.ts';
import type { Channel, ChannelMessage, Clock } from './ports.ts';

/** Longer than any channel's own patience. */
const PATIENCE_MS = 30 * SECOND_MS;

/**
 * Sends a message, and waits for no channel longer than half a minute by the `wall` clock, not even for one that heeds
 * no signal. Rejects with what the channel says, or with AppError `network`, also when `stop` aborts.
 */
export async function sendInTime(
  channel: Channel,
  message: ChannelMessage,
  wall: Clock,
  stop: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([stop, over.signal]);
  const sent = channel.send(message, signal);
  const late = pause(wall, PATIENCE_MS, signal).then(() => {
    const reason = stop.aborted ? 'was not waited for' : `did not answer within ${PATIENCE_MS / SECOND_MS} seconds`;
    throw new AppError('network', `${channel.label} ${reason}. Tickscope tries again.`);
  });
  // Whoever comes second is not listened to.
  late.catch(() => undefined);
  sent.catch(() => undefined);
  try {
    await Promise.race([sent, late]);
  } finally {
    over.abort();
  }
}
