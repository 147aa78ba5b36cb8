import type { EpochMs, InstrumentKey } from '../../../core/brand.ts';
import type { Tick } from '../../../core/tick.ts';
import type { PacketReject } from '../packet-reject.ts';
import { readBook } from './depth.ts';
import { parsePacket } from './parse.ts';
import { rejectFrame, splitFrame } from './split-frame.ts';

/** What a packet brings: a trade, nothing new, or the picture at subscription, which may be old. */
export type JudgePacket = (view: DataView, offset: number, length: number) => boolean | 'picture';

export interface FrameContent {
  /** Trades, in the order they came. */
  readonly ticks: readonly Tick[];
  /** Prices of unknown age: good to look at, no trades. */
  readonly pictures: readonly Tick[];
  readonly rejects: readonly PacketReject[];
  /** Packets that made sense, repeated trades included: proof that prices are coming in. */
  readonly good: number;
}

/** One binary message from bytes to ticks, with the order book where it is wanted. Never throws, whatever the bytes. */
export function readFrame(
  message: Uint8Array,
  instruments: ReadonlyMap<number, InstrumentKey>,
  receivedAt: EpochMs,
  judge: JudgePacket,
  wantsBooks = false,
): FrameContent {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const ticks: Tick[] = [];
  const pictures: Tick[] = [];
  const rejects: PacketReject[] = [];
  let good = 0;
  const end = splitFrame(view, (offset, length) => {
    const outcome = parsePacket(view, offset, length, instruments, receivedAt);
    if ('reject' in outcome) {
      rejects.push(outcome);
      return;
    }
    good += 1;
    const news = judge(view, offset, length);
    if (news === true) ticks.push(wantsBooks ? { ...outcome, book: readBook(view, offset, length) } : outcome);
    else if (news === 'picture') pictures.push(outcome);
  });
  const broken = rejectFrame(end);
  if (broken !== undefined) rejects.push(broken);
  return { ticks, pictures, rejects, good };
}
