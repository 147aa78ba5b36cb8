import { isRecord } from '../../../core/is-record.ts';
import type { RecordedText } from '../text-recording.ts';
import { candleRecord } from './decode-records.ts';
import { readEnvelope } from './envelope.ts';
import { actionFor } from './errors.ts';
import { readHistoryRows } from './history-rows.ts';
import { readLatestRows } from './latest-rows.ts';
import { readSymbol } from './symbols.ts';
import { type FcsTimeframe, readTimeframe } from './timeframes.ts';

/** The body of a recorded REST answer as neutral records. Never throws. */
export function* decodeAnswer({ text, status, request }: RecordedText): Iterable<object> {
  const envelope = readEnvelope(parsed(text));
  if (envelope === undefined) {
    yield { reject: 'unreadable-answer', detail: `${text.length} characters`, code: status ?? null };
    return;
  }
  if (envelope.kind === 'failure') {
    const { code, message } = envelope;
    yield { kind: 'error', code, message, action: actionFor(code) };
    return;
  }
  const asked = { ...(isRecord(request?.body) ? request.body : formOf(request?.body)), ...request?.query };
  const timeframe = readTimeframe(textOf(asked['period']));
  const isLatest = request?.path?.endsWith('/latest') ?? isLatestShape(envelope.response);
  yield* isLatest
    ? latestRecords(envelope.response, timeframe)
    : historyRecords(envelope.response, textOf(asked['symbol']), timeframe);
}

function* latestRecords(response: unknown, timeframe: FcsTimeframe | undefined): Iterable<object> {
  const latest = readLatestRows(response);
  for (const { symbol, bar } of latest?.rows ?? []) yield candleRecord(symbol, timeframe, bar, false);
  yield* complaints(latest?.unreadable);
}

function* historyRecords(response: unknown, symbol: string, timeframe: FcsTimeframe | undefined): Iterable<object> {
  const history = readHistoryRows(response);
  for (const bar of history?.bars ?? []) yield candleRecord(readSymbol(symbol) ?? null, timeframe, bar, true);
  yield* complaints(history?.unreadable);
}

/** Undefined: the whole answer has no known shape. */
function* complaints(unreadable: number | undefined): Iterable<object> {
  if (unreadable === undefined) yield { reject: 'unreadable-answer', detail: 'no rows' };
  else if (unreadable > 0) yield { reject: 'unreadable-row', detail: `${unreadable} rows` };
}

function isLatestShape(response: unknown): boolean {
  return Array.isArray(response) && response.some((row) => isRecord(row) && 'active' in row);
}

function formOf(body: unknown): Readonly<Record<string, string>> {
  return typeof body === 'string' ? Object.fromEntries(new URLSearchParams(body)) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
