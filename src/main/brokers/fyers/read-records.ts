import type { HsmEvent } from './events.ts';
import type { Layouts } from './mapping.ts';
import { createTopic, kindOfTopic, type Topic } from './topic.ts';
import { RECORD } from './wire.ts';

/** Beyond this no price is left of 32 bits. */
const MOST_DIGITS = 9;

/** The topics of one connection, by the number the server gave each. */
export type Topics = Map<number, Topic>;

/** Walks through the records of one data frame. */
interface Cursor {
  readonly view: DataView;
  /** The same bytes, for reading texts; made when the first is read. */
  bytes: Buffer | undefined;
  at: number;
}

/**
 * Reads `count` records from `offset` on and tells what each brings. A record that makes no sense is refused alone;
 * one of an unknown kind, or one the frame ends in, takes the rest of the frame with it. Never throws.
 */
export function readRecords(
  view: DataView,
  offset: number,
  count: number,
  topics: Topics,
  layouts: Layouts,
  tell: (event: HsmEvent) => void,
): void {
  const cursor: Cursor = { view, bytes: undefined, at: offset };
  for (let read = 0; read < count; read += 1) {
    const event = readRecord(cursor, topics, layouts);
    if (event === undefined) {
      tell({ type: 'reject', reject: 'truncated', detail: `${count - read} of ${count} records missing` });
      return;
    }
    tell(event);
    if (event.type === 'reject' && event.reject === 'unknown-record') return;
  }
  const rest = view.byteLength - cursor.at;
  if (rest > 0) tell({ type: 'reject', reject: 'trailing-bytes', detail: `${rest} bytes after ${count} records` });
}

/** Undefined when the frame ends before the record does: nothing of it counts then. */
function readRecord(cursor: Cursor, topics: Topics, layouts: Layouts): HsmEvent | undefined {
  const { view, at } = cursor;
  if (at + 3 > view.byteLength) return undefined;
  const kind = view.getUint8(at);
  const id = view.getUint16(at + 1);
  switch (kind) {
    case RECORD.snapshot:
      return readSnapshot(cursor, id, topics, layouts);
    case RECORD.update: {
      if (at + 4 > view.byteLength) return undefined;
      return readChange(cursor, 4, view.getUint8(at + 3), id, topics, 'update');
    }
    case RECORD.lite: {
      const topic = topics.get(id);
      return readChange(cursor, 3, layouts[topic?.kind ?? 'sf'].liteCount, id, topics, 'lite');
    }
    default:
      return { type: 'reject', reject: 'unknown-record', detail: `record of kind ${kind}` };
  }
}

function readChange(
  cursor: Cursor,
  headBytes: number,
  count: number,
  id: number,
  topics: Topics,
  how: 'update' | 'lite',
): HsmEvent | undefined {
  const start = cursor.at + headBytes;
  if (start + 4 * count > cursor.view.byteLength) return undefined;
  cursor.at = start + 4 * count;
  const topic = topics.get(id);
  if (topic === undefined) return { type: 'reject', reject: 'unknown-topic', detail: `topic number ${id}` };
  return { type: 'topic', how, topic, isChanged: topic.take(cursor.view, start, count) };
}

/** Name, values, two bytes nobody knows, multiplier, precision, and three texts. */
function readSnapshot(cursor: Cursor, id: number, topics: Topics, layouts: Layouts): HsmEvent | undefined {
  const { view } = cursor;
  cursor.bytes ??= Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  const { bytes } = cursor;
  const name = readText(bytes, cursor.at + 3);
  if (name === undefined || name.end + 1 > view.byteLength) return undefined;
  const count = view.getUint8(name.end);
  const start = name.end + 1;
  const scale = start + 4 * count;
  if (scale + 5 > view.byteLength) return undefined;
  const segment = readText(bytes, scale + 5);
  const token = segment && readText(bytes, segment.end);
  const symbol = token && readText(bytes, token.end);
  if (segment === undefined || token === undefined || symbol === undefined) return undefined;
  cursor.at = symbol.end;

  const [multiplier, precision] = [view.getUint16(scale + 2), view.getUint8(scale + 4)];
  const kind = kindOfTopic(name.text);
  topics.delete(id);
  if (kind === undefined) return { type: 'reject', reject: 'unknown-topic', detail: 'a topic of an unknown kind' };
  if (multiplier === 0 || precision > MOST_DIGITS)
    return { type: 'reject', reject: 'bad-scale', detail: `multiplier ${multiplier}, precision ${precision}` };
  const identity = { name: name.text, kind, multiplier, precision };
  const texts = { segment: segment.text, token: token.text, symbol: symbol.text };
  const topic = createTopic({ ...identity, ...texts }, layouts[kind]);
  topic.take(view, start, count);
  topics.set(id, topic);
  return { type: 'topic', how: 'snapshot', topic, isChanged: true };
}

/** A length in one byte, and that many bytes of text. */
function readText(bytes: Buffer, at: number): { readonly text: string; readonly end: number } | undefined {
  const length = bytes[at];
  if (length === undefined) return undefined;
  const end = at + 1 + length;
  if (end > bytes.length) return undefined;
  return { text: bytes.toString('utf8', at + 1, end), end };
}
