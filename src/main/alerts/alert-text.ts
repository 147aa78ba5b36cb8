import type { Alert } from '../../core/alert.ts';
import { symbolOf } from '../../core/instrument.ts';
import type { ChannelMessage } from '../engine/ports.ts';

/** A title line and a body, in plain text. */
export interface Message {
  readonly title: string;
  readonly body: string;
}

type Worded = Pick<ChannelMessage, 'alerts' | 'ruleNames' | 'world' | 'isLate' | 'isTest'>;

/** More names than this make a summary nobody reads. */
const NAMES_IN_SUMMARY = 6;

/** What no exchange made must never look as if it had. */
const WORLDS = { market: '', simulated: 'Simulated: ', replay: 'Replay: ' } as const;

const price = new Intl.NumberFormat('en-IN', { minimumFractionDigits: 2, maximumFractionDigits: 4 });
const clockTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Kolkata', hour: '2-digit', minute: '2-digit' });

/**
 * `BUY RELIANCE · 5m` / `EMA cross: EMA 9 crossed above EMA 21, RSI 58.3 · 1,412.30 at 10:45`; the time is IST, when it
 * was raised. The rule's name is left out where it is not known. Several alerts are a summary: how many, and the first
 * few by name. What is simulated, replayed, late or a test says so in front.
 */
export function messageOf(message: Worded): Message {
  const [alert, ...others] = message.alerts;
  const marks = `${message.isTest ? 'Test: ' : WORLDS[message.world]}${message.isLate ? 'Late: ' : ''}`;
  if (alert === undefined || others.length > 0) {
    const { title, body } = summaryOf(message.alerts);
    return { title: marks + title, body };
  }
  return {
    title: `${marks}${headlineOf(alert)} · ${alert.signal.timeframe}`,
    body: `${reasonOf(alert, message)} · ${whereOf(alert)}`,
  };
}

/** As `messageOf`, but a line for each alert, of `most` characters at the most: what does not fit is counted. */
export function longTextOf(message: Worded, most: number): string {
  const { title, body } = messageOf(message);
  if (message.alerts.length < 2) return cut(`${title}\n${body}`, most);
  const lines = message.alerts.map(
    (alert) => `${headlineOf(alert)} · ${alert.signal.timeframe} · ${whereOf(alert)} · ${reasonOf(alert, message)}`,
  );
  for (let count = lines.length; count > 0; count -= 1) {
    const rest = lines.length - count;
    const text = [title, ...lines.slice(0, count), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
    if (text.length <= most) return text;
  }
  return cut(`${title}\n${body}`, most);
}

function summaryOf(alerts: readonly Alert[]): Message {
  const names = alerts.slice(0, NAMES_IN_SUMMARY).map(headlineOf);
  const rest = alerts.length - names.length;
  return { title: `${alerts.length} signals`, body: names.join(', ') + (rest > 0 ? ` and ${rest} more` : '') };
}

function headlineOf({ signal: { side, instrument } }: Alert): string {
  return `${side.toUpperCase()} ${symbolOf(instrument)}`;
}

function reasonOf({ signal, text }: Alert, { ruleNames }: Worded): string {
  const name = Object.hasOwn(ruleNames, signal.rule) ? ruleNames[signal.rule] : undefined;
  return name === undefined ? text : `${name}: ${text}`;
}

function whereOf({ signal, raisedAt }: Alert): string {
  return `${price.format(signal.price)} at ${clockTime.format(raisedAt)}`;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
