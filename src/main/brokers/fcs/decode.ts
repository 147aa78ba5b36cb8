import type { EpochMs } from '../../../core/brand.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { Recording } from '../broker-module.ts';
import { withRejects } from '../reject-records.ts';
import { type RecordedText, readTextRecording } from '../text-recording.ts';
import { decodeAnswer } from './decode-answer.ts';
import { candleRecord, quoteRecord } from './decode-records.ts';
import { type FcsMessage, readMessage } from './read-message.ts';
import { RunningCandles } from './running-candles.ts';

export const decodeHelp = `FILE holds frames of the WebSocket as JSON, one a line, or a recording with "frameText" or "frames"; bodies of
REST answers too, where "transport" is "http" and "request" tells path and query. Records are of kind candle (running
ones are told again as they change; a candle of a REST answer counts as closed unless it is of "latest"), quote,
profile, control (welcome, ack, ping, …) and error: of the venue's (code, message), or reject and detail of what makes no
sense. Times are in milliseconds since 1970.
`;

/** Frames that only a client sends, in a recording that does not say who spoke. */
const CLIENT_ONLY = /^\{"type":"(join_symbol|leave_symbol|remove_all)"/;

/** A recording of FCS's frames, in order, as neutral records. Throws AppError for a file that is no recording. */
export function* decodeFcs({ bytes }: Recording): Iterable<object> {
  const running = new RunningCandles();
  for (const recorded of readTextRecording(bytes)) {
    yield* withRejects('fcs', decodeOne(recorded, running));
  }
}

function decodeOne(recorded: RecordedText, running: RunningCandles): Iterable<object> {
  if (recorded.transport === 'http') return decodeAnswer(recorded);
  if (recorded.direction === 'out' || CLIENT_ONLY.test(recorded.text)) return [clientRecord(recorded)];
  return decodeFrame(recorded, running);
}

function* decodeFrame({ text, receivedAt }: RecordedText, running: RunningCandles): Iterable<object> {
  const message = readMessage(text);
  switch (message.kind) {
    case 'initial':
    case 'candle':
    case 'askbid':
      yield* priceRecords(message, running, receivedAt);
      return;
    case 'profile': {
      const { symbol, session = null, timezone = null, updateMode = null } = message;
      yield { kind: 'profile', broker: 'fcs', symbol, session, timezone, updateMode };
      return;
    }
    default:
      yield controlRecord(message);
  }
}

function* priceRecords(
  message: Extract<FcsMessage, { readonly kind: 'initial' | 'candle' | 'askbid' }>,
  running: RunningCandles,
  receivedAt: EpochMs | undefined,
): Iterable<object> {
  const { symbol, timeframe } = message;
  const candles = running.take(message).map(({ bar, closed }) => candleRecord(symbol, timeframe, bar, closed));
  if (message.kind === 'askbid') {
    const { bid, ask, close: last, time = receivedAt } = message;
    yield quoteRecord(symbol, { bid, ask, last, time });
    yield* candles;
    return;
  }
  yield* candles;
  if (message.kind === 'candle' && (message.bid !== undefined || message.ask !== undefined))
    yield quoteRecord(symbol, { bid: message.bid, ask: message.ask, last: message.bar.close, time: receivedAt });
}

type Other = Exclude<FcsMessage, { readonly kind: 'initial' | 'candle' | 'askbid' | 'profile' }>;

function controlRecord(message: Other): object {
  switch (message.kind) {
    case 'welcome':
      return { kind: 'control', type: 'welcome' };
    case 'ping':
      return { kind: 'control', type: 'ping', reply: { type: 'pong', timestamp: '<now, Unix ms>' } };
    case 'pong':
      return { kind: 'control', type: 'pong', timestamp: message.timestamp ?? null };
    case 'joined':
      return { kind: 'control', type: 'ack', symbol: message.symbol, timeframe: message.timeframe.room };
    case 'notice':
      return { kind: 'control', type: message.success ? 'notice' : 'refusal', ...noticeFields(message) };
    case 'error':
      return { kind: 'error', code: null, message: message.text };
    case 'unknown':
      return { reject: 'unknown-type', detail: message.name };
    case 'reject':
      return { reject: message.reason, detail: message.detail };
  }
}

function noticeFields({ text, room }: Extract<FcsMessage, { readonly kind: 'notice' }>): object {
  return { symbol: room.symbol ?? null, timeframe: room.timeframe?.room ?? null, message: text };
}

/** What the client sent, as far as its kind is known. */
function clientRecord({ text }: RecordedText): object {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return { reject: 'unreadable-text', detail: `${text.length} characters` };
  }
  const fields = isRecord(frame) ? frame : {};
  const { type = null, symbol = null, timeframe = null, timestamp = null } = fields;
  if (type === 'ping' || type === 'pong') return { kind: 'control', type, direction: 'out', timestamp };
  const name =
    type === 'join_symbol'
      ? 'join'
      : type === 'leave_symbol'
        ? 'leave'
        : type === 'remove_all'
          ? 'remove-all'
          : 'unknown';
  return { kind: 'control', type: name, direction: 'out', symbol, timeframe };
}
