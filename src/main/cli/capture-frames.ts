import type { EpochMs } from '../../core/brand.ts';
import type { WireTap } from '../brokers/transport/wire-tap.ts';
import type { SecretStripper } from './strip-secrets.ts';

/** One entry of `frames` in a capture. Without `frameText` and `frameBase64` it was left out, and `leftOut` says why. */
export interface CapturedFrame {
  readonly transport: 'ws' | 'http';
  readonly direction: 'server-to-client' | 'client-to-server';
  readonly receivedAt: EpochMs;
  readonly connection?: string;
  readonly request?: { readonly method: string; readonly path: string };
  readonly status?: number;
  readonly frameText?: string;
  readonly frameBase64?: string;
  readonly leftOut?: string;
}

/** Lists of instruments are of no use in a recording, and large. */
const LARGEST_BODY = 1024 * 1024;

export interface FrameTap extends WireTap {
  /** The credentials are all known: what waited is stripped and kept, and from now on everything at once. */
  open(): void;
}

/**
 * Turns what goes over the wire into frames of a capture, each without secrets. What comes before `open` waits for it: a
 * login may answer a secret that is not yet known to be one. Never throws.
 */
export function frameTap(stripper: SecretStripper, now: () => EpochMs, keep: (frame: CapturedFrame) => void): FrameTap {
  let waiting: (() => void)[] | undefined = [];
  const later = (work: () => void): void => {
    if (waiting === undefined) work();
    else waiting.push(work);
  };
  const withText = (text: string): Pick<CapturedFrame, 'frameText' | 'leftOut'> => {
    const clean = stripper.text(text);
    return clean === undefined ? { leftOut: 'it held a secret' } : { frameText: clean };
  };
  const withBytes = (bytes: Uint8Array, direction: 'in' | 'out'): Pick<CapturedFrame, 'frameBase64' | 'leftOut'> => {
    // A login in bytes may hold its token in a form of its own, and what we send is of little use.
    if (direction === 'out') return { leftOut: `${bytes.byteLength} bytes that were sent` };
    if (!stripper.isClean(bytes)) return { leftOut: 'it held a secret' };
    return { frameBase64: Buffer.from(bytes).toString('base64') };
  };
  return {
    message(connection, direction, message) {
      const receivedAt = now();
      later(() =>
        keep({
          transport: 'ws',
          direction: direction === 'in' ? 'server-to-client' : 'client-to-server',
          receivedAt,
          connection,
          ...(typeof message === 'string' ? withText(message) : withBytes(message, direction)),
        }),
      );
    },
    answer(method, path, status, body) {
      const receivedAt = now();
      later(() =>
        keep({
          transport: 'http',
          direction: 'server-to-client',
          receivedAt,
          request: { method, path: stripper.text(path) ?? '' },
          status,
          ...(body.length > LARGEST_BODY ? { leftOut: `${body.length} characters` } : withText(body)),
        }),
      );
    },
    open() {
      for (const work of waiting ?? []) work();
      waiting = undefined;
    },
  };
}
