import type { OptionValue } from '../../../contract/manifest.ts';
import { AppError } from '../../../core/errors.ts';
import { HANDSHAKES } from './wire.ts';

/** What a person may turn. */
export interface TinvestOptions {
  readonly isSandbox: boolean;
  /** Path of a PEM file; undefined where none is set. */
  readonly caFile: string | undefined;
  readonly handshake: (typeof HANDSHAKES)[number];
  readonly bookDepth: number;
  readonly waitingClose: boolean;
}

/** The depths the venue knows. */
const DEPTHS: readonly number[] = [1, 10, 20, 30, 40, 50];

/** Reads the options of the manifest; what is absent has its initial value. Throws AppError `invalid-input`. */
export function readOptions(options: Readonly<Record<string, OptionValue>>): TinvestOptions {
  const { sandbox = false, caFile = '', handshake = 'auto', bookDepth = '10', waitingClose = false } = options;
  const mode = HANDSHAKES.find((known) => known === handshake);
  const depth = DEPTHS.find((known) => known === Number(bookDepth));
  if (mode === undefined || depth === undefined)
    throw new AppError('invalid-input', 'An option of T-Invest has a value it cannot have. Set it anew in Settings.');
  const path = String(caFile).trim();
  return {
    isSandbox: sandbox === true,
    caFile: path === '' ? undefined : path,
    handshake: mode,
    bookDepth: depth,
    waitingClose: waitingClose === true,
  };
}
