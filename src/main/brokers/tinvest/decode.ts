import { AppError } from '../../../core/errors.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { Recording } from '../broker-module.ts';
import { withRejects } from '../reject-records.ts';
import { type RecordedText, readTextRecording } from '../text-recording.ts';
import { CandleCloser } from './candle-closer.ts';
import { answerRecords } from './decode-answer.ts';
import { readQuotation } from './quotation.ts';
import { readFrameValue } from './read-frame.ts';
import { recordsOf } from './records.ts';

export const DECODE_HELP = `FILE holds JSON frames of the stream, one a line, or a file with "frameText" or "frames"; answers of single calls
are read where "transport" is "http" and "request" names the method. One record a line: kind candle, trade, quote, book,
status, instrument, control or error. symbol is the instrument's uid, volumes and sizes are in lots, times are milliseconds
since 1970. A candle closes when a later one of the same instrument and interval comes, and is then told once more. Trades
of GetLastTrades are followed by their bars of one second. What makes no sense is {"kind": "error", "reject": reason, …}.
`;

/**
 * Reads a recording. Throws AppError `invalid-input` for a file that is none, and for switches: there are none. What the
 * venue sent makes no exception, whatever it is.
 */
export function* decodeTinvest({ bytes, switches }: Recording): Iterable<object> {
  const [unknown] = switches;
  if (unknown !== undefined)
    throw new AppError('invalid-input', `T-Invest's recordings are read without --${unknown}. Leave it out.`);
  const closer = new CandleCloser();
  for (const message of readTextRecording(bytes)) yield* withRejects('tinvest', decodeOne(message, closer));
}

function decodeOne(message: RecordedText, closer: CandleCloser): Iterable<object> {
  let value: unknown;
  try {
    value = JSON.parse(message.text);
  } catch {
    return [{ reject: 'unreadable-text', detail: `${message.text.length} characters` }];
  }
  if (message.transport === 'http') return answerRecords(value, message);
  if (message.direction === 'out') return [requestRecord(value)];
  const quotations = quotationRecords(value);
  if (quotations !== undefined) return quotations;
  const read = readFrameValue(value, message.text.length);
  return 'reject' in read ? [read] : recordsOf(read, closer);
}

/** What the client sent. */
function requestRecord(value: unknown): object {
  const [request = 'unknown'] = isRecord(value) ? Object.keys(value) : [];
  return { kind: 'control', type: 'request', request, content: isRecord(value) ? value[request] : null };
}

/** A list of price parts, as the table of the documentation: each with the number it stands for. */
function quotationRecords(value: unknown): readonly object[] | undefined {
  const rows = isRecord(value) && value['transport'] === 'none' ? value['expect'] : [value];
  if (!Array.isArray(rows) || rows.length === 0) return undefined;
  const records: object[] = [];
  for (const row of rows) {
    if (!isRecord(row) || Object.keys(row).some((name) => !['units', 'nano', 'value'].includes(name))) return undefined;
    if (row['units'] === undefined && row['nano'] === undefined) return undefined;
    const { value: _told, ...parts } = row;
    records.push({ ...parts, value: readQuotation(parts) ?? null });
  }
  return records;
}
