import { AppError } from '../../../core/errors.ts';
import type { Recording } from '../broker-module.ts';
import { type CapturedMessage, readCapturedMessages } from '../captured-messages.ts';
import { createHsmReader } from './hsm-reader.ts';
import { parseOrderMessage } from './order-messages.ts';
import { recordOf } from './records.ts';
import { parseTextMessage } from './system-messages.ts';
import { FRAME_TYPE } from './wire.ts';

export const DECODE_HELP = `FILE holds frames of the data socket as the server sends them, each preceded by its length in four bytes,
big-endian; the answer to the login comes first, for it says how the others are to be read. A file of \`capture\` is
read as well. Each becomes a JSON object a line:
  quote       symbol, time, price, size, bid, bidSize, ask, askSize, dayVolume, previousClose, and every value by the
              name of the official clients (ltp, vol_traded_today, …), ch, chp, type (sf, if), how (snapshot, update,
              lite)
  book        symbol, bids, asks (price, size, orders, the best first), bid_price1 …, type (dp), how
  order       id, symbol, side, quantity, filledQuantity, averagePrice, state, message, time
  control     type: cn (login: acknowledgeEvery, mapping), sub, unsub, ful, lit, cp, cr, acknowledge, …
  error       reject and detail: a frame or record that makes no sense
A record that changes nothing is not printed. Times are in milliseconds since 1970, but exch_feed_time and
last_traded_time in seconds, as the clients have them.
`;

/** Frames as neutral records, in order. Throws AppError `invalid-input` for a file that is no recording. */
export function* decodeRecording({ bytes, switches }: Recording): Generator<object> {
  const [unknown] = switches;
  if (unknown !== undefined)
    throw new AppError('invalid-input', `Recordings of Fyers have no switch "${unknown}". Leave it out.`);
  const captured = readCapturedMessages(bytes);
  if (captured === undefined) yield* decodeFrames(framesOf(bytes));
  else yield* decodeFrames(captured);
}

function* decodeFrames(messages: Iterable<Cut | CapturedMessage>): Generator<object> {
  let reader = createHsmReader();
  const mode = 'full';
  for (const piece of messages) {
    if ('reject' in piece) {
      yield { kind: 'error', broker: 'fyers', ...piece };
      continue;
    }
    const { connection, direction, message } = piece;
    if (direction === 'out') continue;
    if (typeof message === 'string') {
      yield decodeText(connection, message);
      continue;
    }
    // A login begins a connection: nothing of the one before holds.
    if (message[2] === FRAME_TYPE.login) reader = createHsmReader();
    const records: object[] = [];
    reader.read(message, (event) => {
      const record = recordOf(event, mode);
      if (record !== undefined) records.push(record);
    });
    yield* records;
  }
}

function decodeText(connection: string, text: string): object {
  const broker = 'fyers';
  if (connection === 'orders') {
    // Nobody wrote down when it came; an order says so itself.
    const content = parseOrderMessage(text, () => undefined, 0 as never);
    if (content.type === 'order') return { kind: 'order', broker, ...content.update };
    return { kind: 'control', broker, ...content };
  }
  const content = parseTextMessage(text);
  return content.kind === 'system'
    ? { kind: 'control', broker, ...content.message }
    : { kind: 'error', broker, reject: `${content.kind}-text`, detail: `${text.length} characters` };
}

/** A frame tells its own length in two bytes. A first length beyond that is no length at all. */
const LARGEST_FRAME = 2 ** 16 + 1;

/** What is left where no whole frame is. */
interface Cut {
  readonly reject: 'truncated';
  readonly detail: string;
}

function* framesOf(bytes: Uint8Array): Generator<Cut | CapturedMessage> {
  if (bytes.byteLength === 0) throw new AppError('invalid-input', 'The recording is empty.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.byteLength) {
    const left = bytes.byteLength - at - 4;
    const length = left < 0 ? undefined : view.getUint32(at);
    if (length === undefined || length > left) {
      if (at === 0 && length !== undefined && length > LARGEST_FRAME)
        throw new AppError(
          'invalid-input',
          'This is no recording of Fyers: each frame is to be preceded by its length in four bytes, big-endian.',
        );
      yield { reject: 'truncated', detail: `${bytes.byteLength - at} bytes at the end are no whole frame` };
      return;
    }
    yield { connection: 'data', direction: 'in', message: bytes.subarray(at + 4, at + 4 + length) };
    at += 4 + length;
  }
}
