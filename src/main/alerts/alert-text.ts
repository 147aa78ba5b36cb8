import type { Alert } from '../../core/alert.ts';
import { symbolOf } from '../../core/instrument.ts';

/** A title line and a body, in plain text. */
export interface Message {
  readonly title: string;
  readonly body: string;
}

/** More names than this make a summary nobody reads. */
const NAMES_IN_SUMMARY = 6;

const price = new Intl.NumberFormat('en-IN', { minimumFractionDigits: 2, maximumFractionDigits: 4 });
const clockTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Kolkata', hour: '2-digit', minute: '2-digit' });

/** `BUY RELIANCE · 5m` / `EMA 9 crossed above EMA 21, RSI 58.3 · 1,412.30 at 10:45`; the time is IST, when it was raised. */
export function messageOf({ signal, text, raisedAt }: Alert): Message {
  return {
    title: `${headlineOf(signal)} · ${signal.timeframe}`,
    body: `${text} · ${price.format(signal.price)} at ${clockTime.format(raisedAt)}`,
  };
}

/** Many alerts in one message: how many, and the first few by name. */
export function summaryOf(alerts: readonly Alert[]): Message {
  const names = alerts.slice(0, NAMES_IN_SUMMARY).map(({ signal }) => headlineOf(signal));
  const rest = alerts.length - names.length;
  return { title: `${alerts.length} signals`, body: names.join(', ') + (rest > 0 ? ` and ${rest} more` : '') };
}

function headlineOf({ side, instrument }: Alert['signal']): string {
  return `${side.toUpperCase()} ${symbolOf(instrument)}`;
}
