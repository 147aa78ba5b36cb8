import type { EpochMs } from './brand.ts';
import type { Inputs, Signal } from './signal.ts';

/** A signal that was told to a person. */
export interface Alert {
  /** The signal's identity, so replaying a day raises no alert twice. */
  readonly id: string;
  readonly raisedAt: EpochMs;
  readonly signal: Signal;
  /** The reason in words, e.g. "EMA 9 crossed above EMA 21, RSI 58.3". */
  readonly text: string;
  readonly read: boolean;
  /** Found while catching up on bars that closed when the app was not looking: listed, not shouted. */
  readonly late: boolean;
  readonly inputs: Inputs;
}
