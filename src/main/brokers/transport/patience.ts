import { SECOND_MS } from '../../../core/brand.ts';

/** When a connection is taken for dead, in milliseconds. */
export interface Patience {
  /** From the start of an attempt to being let in (`Link.isReady`); where that is absent, to an open socket. */
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
