import type { EpochMs, InstrumentKey } from '../../../core/brand.ts';
import type { Tick } from '../../../core/tick.ts';
import type { PacketReject } from '../packet-reject.ts';
import { parsePacket } from './parse.ts';
import { rejectFrame, splitFrame } from './split-frame.ts';
import type { IsNewTrade } from './trade-filter.ts';

export interface FrameContent {
  /** Trades, in the order they came. */
  readonly ticks: readonly Tick[];
  readonly rejects: readonly PacketReject[];
  /** Packets that made sense, repeated trades included: proof that prices are coming in. */
  readonly good: number;
}

/** One binary message from bytes to ticks. Never throws, whatever the bytes. */
export function readFrame(
  message: Uint8Array,
  instruments: ReadonlyMap<number, InstrumentKey>,
  receivedAt: EpochMs,
  isNewTrade: IsNewTrade,
): FrameContent {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const ticks: Tick[] = [];
  const rejects: PacketReject[] = [];
  let good = 0;
  const end = splitFrame(view, (offset, length) => {
    const outcome = parsePacket(view, offset, length, instruments, receivedAt);
    if ('reject' in outcome) {
      rejects.push(outcome);
      return;
    }
    good += 1;
    if (isNewTrade(view, offset, length)) ticks.push(outcome);
  });
  const broken = rejectFrame(end);
  if (broken !== undefined) rejects.push(broken);
  return { ticks, rejects, good };
}
