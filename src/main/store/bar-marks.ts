import { BAR_MARKS, type BarMark } from '../engine/store-port.ts';

/** Marks as the bits of candle.marks: 1 partial, 2 inferred, 4 standby. */
export function bitsOf(marks: readonly BarMark[] = []): number {
  return marks.reduce((bits, mark) => bits | (1 << BAR_MARKS.indexOf(mark)), 0);
}

/** The marks of such bits. Bits that a later version may add are none of ours. */
export function marksOf(bits: number): readonly BarMark[] {
  return BAR_MARKS.filter((_mark, index) => (bits & (1 << index)) !== 0);
}
