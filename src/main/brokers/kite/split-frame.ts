import type { PacketReject } from '../packet-reject.ts';

/** Where the walk through a message ended. */
export interface FrameEnd {
  /** Packets the message says it holds. */
  readonly announced: number;
  /** Packets that were there whole. */
  readonly whole: number;
  /** Bytes that belong to no whole packet. */
  readonly rest: number;
}

/**
 * Calls `visit` with offset and length of each whole packet: a message is a 2-byte count, then per packet a
 * 2-byte length and that many bytes. A one-byte message is the venue's heartbeat and holds none.
 */
export function splitFrame(view: DataView, visit: (offset: number, length: number) => void): FrameEnd {
  const { byteLength } = view;
  if (byteLength < 2) return { announced: 0, whole: 0, rest: 0 };
  const announced = view.getUint16(0);
  let cursor = 2;
  let whole = 0;
  while (whole < announced && cursor + 2 <= byteLength) {
    const start = cursor + 2;
    const length = view.getUint16(cursor);
    if (start + length > byteLength) break;
    visit(start, length);
    cursor = start + length;
    whole += 1;
  }
  return { announced, whole, rest: byteLength - cursor };
}

/** What was wrong with a message as a whole: one complaint, however many packets it announced and did not bring. */
export function rejectFrame({ announced, whole, rest }: FrameEnd): PacketReject | undefined {
  if (whole < announced) return { reject: 'truncated', detail: `${announced - whole} of ${announced} packets missing` };
  if (rest > 0) return { reject: 'trailing-bytes', detail: `${rest} bytes after ${whole} packets` };
  return undefined;
}

/** A message of one byte: the line is alive, and there is nothing to tell. */
export function isHeartbeat(message: Uint8Array): boolean {
  return message.byteLength < 2;
}
