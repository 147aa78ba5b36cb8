import { decodePacket, type KitePacket } from './decode-packet.ts';
import { rejectFrame, splitFrame } from './split-frame.ts';
import { OFFSET } from './wire.ts';

/** A packet that cannot be what it says. Its fields are there as far as they can be read. */
export interface DecodeReject extends Partial<KitePacket> {
  readonly reject: 'unknown-length' | 'bad-price' | 'truncated' | 'trailing-bytes';
  /** Bytes of the packet, or left over at the end of the message. */
  readonly length?: number;
  /** Packets announced but not there whole. */
  readonly missing?: number;
}

export type Decoded = KitePacket | DecodeReject;

/**
 * Reads every field of every packet of a message: for looking at recordings. A packet that makes no sense is a
 * reject in its place; what is wrong with the message itself comes last. A heartbeat holds nothing.
 */
export function decodeMessage(message: Uint8Array): readonly Decoded[] {
  const view = viewOf(message);
  const decoded: Decoded[] = [];
  const end = splitFrame(view, (offset, length) => {
    decoded.push(decodeBody(new DataView(view.buffer, view.byteOffset + offset, length)));
  });
  const { announced, whole, rest } = end;
  if (whole < announced) decoded.push({ reject: 'truncated', missing: announced - whole });
  else if (rejectFrame(end) !== undefined) decoded.push({ reject: 'trailing-bytes', length: rest });
  return decoded;
}

/** Reads one packet that came without the header of a message. */
export function decodeBareBody(packet: Uint8Array): Decoded {
  return decodeBody(viewOf(packet));
}

function decodeBody(packet: DataView): Decoded {
  const content = decodePacket(packet);
  if (content === undefined) {
    const { byteLength: length } = packet;
    return { reject: 'unknown-length', length, ...(length >= 4 && { token: packet.getUint32(OFFSET.token) }) };
  }
  // 0 is an instrument before its first trade; below that nothing makes sense.
  return content.ltp < 0 ? { reject: 'bad-price', ...content } : content;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
