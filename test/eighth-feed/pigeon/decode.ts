import type { EpochMs } from '../../../src/core/brand.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Recording } from '../../../src/main/brokers/broker-module.ts';
import { type RecordedText, readTextRecording } from '../../../src/main/brokers/text-recording.ts';
import { openAnswer } from './errors.ts';
import { readBars } from './history.ts';
import { readQuotes } from './quotes.ts';
import { readMessages } from './read-message.ts';

export const decodeHelp = `FILE holds frames of the stream, one a line, or a recording with "frameText" or "frames"; answers of "quotes" and
"bars" too, where "transport" is "http" and "request" tells the path. Records are of kind trade, quote, candle, control
and error.
`;

/** A recording as neutral records, in order. Throws AppError for a file that is no recording. */
export function* decodePigeon({ bytes }: Recording): Iterable<object> {
  for (const recorded of readTextRecording(bytes)) {
    if (recorded.transport === 'http') yield* answerRecords(recorded);
    else if (recorded.direction === 'out') yield* sentRecords(recorded);
    else
      for (const { kind, ...message } of readMessages(recorded.text)) {
        if ('quantity' in message) {
          const { quantity: size, ...trade } = message;
          yield { kind, ...trade, size };
        } else if (kind === 'quote') yield { kind, ...message };
        else if (kind === 'reject' || kind === 'refusal') yield { kind: 'error', ...message };
        else yield { kind: 'control', type: kind, ...message };
      }
  }
}

function* answerRecords({ text, status = 200, request, receivedAt }: RecordedText): Iterable<object> {
  const path = request?.path ?? '';
  try {
    const data = openAnswer({ status, contentType: 'application/json', text });
    if (path.endsWith('/quotes'))
      for (const { instrument, ...quote } of readQuotes(data, receivedAt ?? (0 as EpochMs)))
        yield { kind: 'quote', symbol: instrument, ...quote };
    else if (path.endsWith('/bars'))
      for (const bar of readBars(data)) yield { kind: 'candle', symbol: request?.query['symbol'] ?? null, ...bar };
    else yield { kind: 'control', type: 'answer', path };
  } catch (thrown) {
    yield { kind: 'error', message: AppError.from(thrown).message };
  }
}

function* sentRecords({ text }: RecordedText): Iterable<object> {
  for (const line of text.split('\n')) {
    const [, op] = /"op":"([a-z]+)"/.exec(line) ?? [];
    if (op !== undefined) yield { kind: 'control', type: op, direction: 'out' };
  }
}
