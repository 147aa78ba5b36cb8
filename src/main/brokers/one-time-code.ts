import { createGuardrails, generateSync } from 'otplib';
import { type EpochMs, SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import { pause } from '../engine/pause.ts';
import type { Clock } from '../engine/ports.ts';

const WINDOW_MS = 30 * SECOND_MS;
/** A code that is sent in the last moments of its window arrives in the next one. */
const LEAST_LEFT_MS = 3 * SECOND_MS;
/** Letters and digits of RFC 4648; with anything else the secret was not copied whole. */
const BASE32 = /^[A-Z2-7]+$/;
/** The library wants 16 bytes, as RFC 4226 does; some venues hand out 10. */
const guardrails = createGuardrails({ MIN_SECRET_BYTES: 10 });

/**
 * The code that an authenticator app shows at `time`: RFC 6238 with SHA-1, six digits, 30 seconds. `secret` is the
 * base32 text under the QR code; spaces, small letters and padding are taken as they come.
 *
 * Throws AppError `invalid-input` for a secret that is none. No error holds it.
 */
export function oneTimeCode(secret: string, time: EpochMs): string {
  const base32 = secret.replaceAll(/[\s=-]/g, '').toUpperCase();
  if (!BASE32.test(base32)) throw badSecret();
  try {
    return generateSync({ secret: base32, epoch: Math.floor(time / SECOND_MS), guardrails });
  } catch {
    // The cause could quote the secret.
    throw badSecret();
  }
}

/** A code with at least three seconds to live: waits for the next window where this one is as good as over. */
export async function freshOneTimeCode(secret: string, clock: Clock, stop: AbortSignal): Promise<string> {
  // A secret that is none is told at once.
  oneTimeCode(secret, clock.now());
  const leftMs = WINDOW_MS - (clock.now() % WINDOW_MS);
  if (leftMs < LEAST_LEFT_MS) await pause(clock, leftMs, stop);
  stop.throwIfAborted();
  return oneTimeCode(secret, clock.now());
}

function badSecret(): AppError {
  return new AppError(
    'invalid-input',
    'The TOTP secret is not one: it is the text of letters and digits 2 to 7 beside the QR code, not a six-digit code. Enter it again in Settings.',
  );
}
