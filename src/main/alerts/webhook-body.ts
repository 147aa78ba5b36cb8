import { createHmac, hash } from 'node:crypto';
import type { Alert } from '../../core/alert.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { ChannelMessage } from '../engine/ports.ts';
import { messageOf } from './alert-text.ts';

/** The JSON that a webhook gets: docs/alerts.md. Times are ISO 8601 in UTC, prices as the instrument is traded. */
export function webhookBody(message: ChannelMessage): string {
  const { title, body } = messageOf(message);
  return JSON.stringify({
    version: 1,
    id: webhookId(message),
    kind: message.isTest ? 'test' : message.alerts.length > 1 ? 'digest' : 'alert',
    world: message.world,
    late: message.isLate,
    title,
    text: body,
    alerts: message.alerts.map((alert) => toldAlert(alert, message.ruleNames)),
  });
}

/** The same for every try of a message, and fit for a header, which an alert's own id need not be. */
export function webhookId({ id }: Pick<ChannelMessage, 'id'>): string {
  return hash('sha256', id).slice(0, 32);
}

/** `t=<Unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>" with the secret>` */
export function signatureOf(body: string, secret: string, now: EpochMs): string {
  const seconds = Math.floor(now / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

function toldAlert({ id, raisedAt, signal, text, inputs }: Alert, ruleNames: ChannelMessage['ruleNames']) {
  const { rule, side, instrument, timeframe, barTime, price, values } = signal;
  return {
    id,
    rule: { id: rule, name: Object.hasOwn(ruleNames, rule) ? ruleNames[rule] : null },
    side,
    instrument,
    timeframe,
    barTime: isoOf(barTime),
    price,
    values,
    text,
    inputs,
    raisedAt: isoOf(raisedAt),
  };
}

function isoOf(time: EpochMs): string {
  return new Date(time).toISOString();
}
