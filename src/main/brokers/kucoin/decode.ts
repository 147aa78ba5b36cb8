import { AppError } from '../../../core/errors.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { Recording } from '../broker-module.ts';
import { withRejects } from '../reject-records.ts';
import { type RecordedText, readTextRecording } from '../text-recording.ts';
import { CandleRoll } from './candle-roll.ts';
import { decodeAnswer } from './decode-answer.ts';
import { readFrame } from './read-frame.ts';
import { readUpdate } from './read-update.ts';
import { bookRecord, errorRecord, newsRecord, quoteRecord, tradeRecord } from './records.ts';

export const DECODE_HELP = `FILE holds frames as KuCoin sends them, one a line, or a fixture ("frameText", or "frames"); with
"transport": "http" it is the body of an answer. Each becomes a JSON object a line:
  candle      symbol, interval, intervalSec, openTime, open, high, low, close, volume, turnover, closed, eventTime
              closed once the next one of its topic begins; a later word on it has revision: true
  trade       symbol, tradeId, price, size, side, time, timeNs
  quote       symbol, bid, bidSize, ask, askSize, last, lastSize, time
  book        symbol, depth, bids, asks (price and size, the best first), time, consistent
  control     type (welcome, ack, pong, error, …), id; of an error also code, message, action
  token, serverTime, instrument, error    answers of REST
A frame that makes no sense is {"kind": "error", "reject": reason, "detail": …}. Times are in milliseconds since 1970.
`;

/**
 * Frames and answers as neutral records, in order. There is no clock: a candle counts as closed once a later one of
 * its topic is there. Throws AppError for a file that is no recording, and for any switch.
 */
export function* decodeRecording({ bytes, switches }: Recording): Generator<object> {
  const [unknown] = switches;
  if (unknown !== undefined)
    throw new AppError('invalid-input', `KuCoin's recordings have no --${unknown}. Leave it out.`);
  const rolls = new Map<string, CandleRoll>();
  for (const recorded of readTextRecording(bytes)) {
    yield* withRejects('kucoin', isAnswer(recorded) ? decodeAnswer(recorded) : decodeFrame(recorded.text, rolls));
  }
}

/** An answer of REST has a code in text and no type; in a bare file nothing else tells it from a frame. */
function isAnswer({ transport, text }: RecordedText): boolean {
  if (transport === 'http') return true;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && value['type'] === undefined && typeof value['code'] === 'string';
  } catch {
    return false;
  }
}

function* decodeFrame(text: string, rolls: Map<string, CandleRoll>): Generator<object> {
  const frame = readFrame(text);
  if ('reject' in frame) {
    yield frame;
    return;
  }
  switch (frame.type) {
    case 'error':
      yield errorRecord(frame);
      return;
    case 'other':
      yield otherRecord(text, frame.name);
      return;
    case 'message':
      break;
    default:
      yield { kind: 'control', type: frame.type, id: frame.id };
      return;
  }
  const update = readUpdate(frame);
  if ('reject' in update) {
    yield update;
    return;
  }
  switch (update.kind) {
    case 'trade':
      yield tradeRecord(update);
      return;
    case 'quote':
      yield quoteRecord(update);
      return;
    case 'book':
      yield bookRecord(update);
      return;
    case 'candle': {
      const roll = rolls.get(frame.topic) ?? new CandleRoll();
      rolls.set(frame.topic, roll);
      for (const news of roll.next(update)) yield newsRecord(news);
    }
  }
}

/** What a client sent, or what the server says beside prices. */
function otherRecord(text: string, type: string): object {
  const value: unknown = JSON.parse(text);
  const { id, topic } = isRecord(value) ? value : {};
  return { kind: 'control', type, ...(id !== undefined && { id: String(id) }), ...(topic !== undefined && { topic }) };
}
