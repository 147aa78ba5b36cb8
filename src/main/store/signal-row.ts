import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import { INPUTS, type Inputs, type Side, type Signal } from '../../core/signal.ts';
import type { Timeframe } from '../../core/timeframe.ts';

/** A signal as its columns; the names are those of the tables. */
export interface SignalRow {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly rule: string;
  readonly bar_time: EpochMs;
  readonly side: Side;
  readonly price: number;
  readonly operands: string;
}

/** Whose inputs are marked, and how. */
export interface MarkedPlace {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly inputs: Inputs;
}

/** With the instrument and timeframe that were asked for, a signal's identity. */
export type MarkedRow = Pick<SignalRow, 'rule' | 'bar_time'>;

/** The signal as it lies in `signal` and `alert`. */
export function rowOfSignal({ instrument, timeframe, rule, barTime, side, price, values }: Signal): SignalRow {
  return { instrument, timeframe, rule, bar_time: barTime, side, price, operands: JSON.stringify(values) };
}

/** The signal of a row that `rowOfSignal` made. */
export function signalOfRow({ instrument, timeframe, rule, bar_time, side, price, operands }: SignalRow): Signal {
  // Written by rowOfSignal from numbers by name.
  const values = JSON.parse(operands) as Readonly<Record<string, number>>;
  return { instrument, timeframe, rule, side, barTime: bar_time, price, values };
}

/** SQL for how bad such inputs are: a mark gives way to a worse one, and never to a better. */
export function inputsRank(column: string): string {
  const ranks = INPUTS.map((inputs, rank) => `WHEN '${inputs}' THEN ${rank}`);
  return `CASE ${column} ${ranks.join(' ')} END`;
}
