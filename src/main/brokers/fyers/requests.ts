import { CHANNEL, FRAME_TYPE, TOPICS_PER_FRAME } from './wire.ts';

/** How we name ourselves to the server: free text. */
const SOURCE = 'JS_API';
const ascii = new TextEncoder();

/** Keeps the line open, every ten seconds. The one frame without fields. */
export const PING_FRAME: Uint8Array = Uint8Array.of(0, 1, FRAME_TYPE.ping);

/** Logs in with the `hsm_key` of the access token, and asks for the mapping of fields. */
export function loginFrame(hsmKey: string, source: string = SOURCE): Uint8Array {
  const production = 'P';
  return frame(FRAME_TYPE.login, [ascii.encode(hsmKey), ascii.encode(production), [1], ascii.encode(source)]);
}

/** As many frames as the topics need. A topic that no frame can name is left out. */
export function subscribeFrames(topics: readonly string[], channel: number = CHANNEL): readonly Uint8Array[] {
  return listFrames(FRAME_TYPE.subscribe, topics, channel);
}

export function unsubscribeFrames(topics: readonly string[], channel: number = CHANNEL): readonly Uint8Array[] {
  return listFrames(FRAME_TYPE.unsubscribe, topics, channel);
}

/** Asks once for where the topics stand. As many frames as they need. */
export function snapshotFrames(topics: readonly string[]): readonly Uint8Array[] {
  return inFrames(topics, (list) => frame(FRAME_TYPE.snapshot, [list]));
}

/** `full` brings every value, `lite` the last price alone. */
export function modeFrame(mode: 'full' | 'lite', channels: readonly number[] = [CHANNEL]): Uint8Array {
  return frame(FRAME_TYPE.mode, [channelBits(channels), ascii.encode(mode === 'full' ? 'F' : 'L')]);
}

/** What is paused brings nothing until it is resumed. */
export function pauseFrame(channels: readonly number[]): Uint8Array {
  return frame(FRAME_TYPE.pause, [channelBits(channels)]);
}

export function resumeFrame(channels: readonly number[]): Uint8Array {
  return frame(FRAME_TYPE.resume, [channelBits(channels)]);
}

/** Says that all data frames up to the one with this number have been read. */
export function acknowledgeFrame(message: number): Uint8Array {
  const number = new DataView(new ArrayBuffer(4));
  number.setUint32(0, message);
  return frame(FRAME_TYPE.acknowledge, [new Uint8Array(number.buffer)]);
}

function listFrames(type: number, topics: readonly string[], channel: number): readonly Uint8Array[] {
  return inFrames(topics, (list) => frame(type, [list, [channel]]));
}

function inFrames(topics: readonly string[], make: (list: Uint8Array) => Uint8Array): readonly Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let from = 0; from < topics.length; from += TOPICS_PER_FRAME)
    frames.push(make(topicList(topics.slice(from, from + TOPICS_PER_FRAME))));
  return frames;
}

/** Length of the rest, type, number of fields, and the fields, numbered from 1: id, length, bytes. */
function frame(type: number, fields: readonly ArrayLike<number>[]): Uint8Array {
  const length = 4 + fields.reduce((sum, field) => sum + 3 + field.length, 0);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, length - 2);
  bytes[2] = type;
  bytes[3] = fields.length;
  let at = 4;
  for (const [place, field] of fields.entries()) {
    bytes[at] = place + 1;
    view.setUint16(at + 1, field.length);
    bytes.set(field, at + 3);
    at += 3 + field.length;
  }
  return bytes;
}

function topicList(topics: readonly string[]): Uint8Array {
  const names = topics.map((topic) => ascii.encode(topic)).filter(({ length }) => length <= 255);
  const bytes = new Uint8Array(2 + names.reduce((sum, name) => sum + 1 + name.length, 0));
  new DataView(bytes.buffer).setUint16(0, names.length);
  let at = 2;
  for (const name of names) {
    bytes[at] = name.length;
    bytes.set(name, at + 1);
    at += 1 + name.length;
  }
  return bytes;
}

/** 64 bits, of which bit n is channel n. */
function channelBits(channels: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(
    0,
    channels.reduce((bits, channel) => bits | (1n << BigInt(channel)), 0n),
  );
  return new Uint8Array(view.buffer);
}
