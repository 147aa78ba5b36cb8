import { AppError } from '../../core/errors.ts';
import { HIDDEN, isSecretKey } from './redactor.ts';

const MAX_DEPTH = 5;
const MAX_ITEMS = 50;
const MAX_FRAMES = 12;
const MAX_TEXT = 2_000;

/** A context as one line of JSON: secrets hidden by key, long things cut, whatever cannot be told left out. */
export function contextText(context: Readonly<Record<string, unknown>> | undefined): string {
  if (context === undefined || Object.keys(context).length === 0) return '';
  return ` ${JSON.stringify(plain(context, 0))}`;
}

/** An error with its context, where it was thrown, and its causes. For the log only. */
export function errorText(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return oneLine(String(error));
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const context = error instanceof AppError ? contextText(error.context) : '';
  const frames = (error.stack ?? '').split('\n').filter((frame) => frame.startsWith('    at '));
  const head = `${error.name}${code}: ${oneLine(error.message)}${context}`;
  const own = [head, ...frames.slice(0, MAX_FRAMES)].join('\n');
  if (error.cause === undefined || depth >= MAX_DEPTH) return own;
  return `${own}\n  because ${errorText(error.cause, depth + 1)}`;
}

/** What a venue says may span lines; in the log it must not pass for lines of ours. */
export function oneLine(text: string): string {
  return cut(text).replaceAll(/\r?\n|\r/g, ' ⏎ ');
}

function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value !== 'object') return undefined;
  if (value instanceof Error) return `${value.name}: ${cut(value.message)}`;
  if (value instanceof Date) return String(value);
  // Payloads may carry anything; their size is all a log needs.
  if (ArrayBuffer.isView(value)) return `<${value.byteLength} bytes>`;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => plain(item, depth + 1));
  if (value instanceof Map || value instanceof Set) return plain([...value], depth);
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([key, item]) => [key, isSecretKey(key) ? HIDDEN : plain(item, depth + 1)]),
  );
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
