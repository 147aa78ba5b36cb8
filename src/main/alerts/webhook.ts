import type { ChannelField } from '../../contract/channels.ts';
import { AppError } from '../../core/errors.ts';
import type { Channel, Clock } from '../engine/ports.ts';
import { postJson } from './http-post.ts';
import { refusalOf } from './refusal.ts';
import { signatureOf, webhookBody, webhookId } from './webhook-body.ts';

export interface RemoteChannelOptions {
  /** The clock on the wall. */
  readonly clock: Clock;
  /** What is in the vault for it, now. */
  credentials(): Readonly<Record<string, string>>;
}

const LABEL = 'Webhook';
const FIELDS: readonly ChannelField[] = [
  {
    name: 'address',
    label: 'Address',
    hint: 'Where alerts are posted to: https://…, or http:// on this computer.',
    secret: true,
  },
  {
    name: 'secret',
    label: 'Signing secret',
    hint: 'A long random text that the receiver has too: each message is signed with it.',
    secret: true,
  },
];
/** Shorter ones can be guessed from a single message. */
const SHORTEST_SECRET = 16;

const THIS_COMPUTER = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Alerts as signed JSON to an address of the person's own. */
export function createWebhook({ clock, credentials }: RemoteChannelOptions): Channel {
  return {
    id: 'webhook',
    label: LABEL,
    fields: FIELDS,
    isPersonal: false,
    fieldsSet: () => Object.keys(credentials()).filter((name) => FIELDS.some((field) => field.name === name)),
    isReady() {
      const { address, secret } = credentials();
      return address !== undefined && secret !== undefined;
    },
    check({ address = '', secret = '' }) {
      if (address !== '') addressOf(address);
      if (secret !== '' && secret.length < SHORTEST_SECRET)
        throw new AppError('invalid-input', `The signing secret needs at least ${SHORTEST_SECRET} characters.`);
    },
    async send(message, stop) {
      const { address, secret } = credentials();
      if (address === undefined || secret === undefined)
        throw new AppError(
          'invalid-input',
          'The webhook needs an address and a secret. Enter them in Settings, under Alerts.',
        );
      const body = webhookBody(message);
      const now = clock.now();
      const headers = { 'tickscope-id': webhookId(message), 'tickscope-signature': signatureOf(body, secret, now) };
      const answer = await postJson({ who: 'The webhook', url: addressOf(address), headers, body }, clock, stop);
      if (answer.status < 200 || answer.status > 299) throw refusalOf('The webhook', answer, clock.now());
    },
  };
}

/** Throws AppError `invalid-input`; its sentence does not quote the address, which may hold a key. */
function addressOf(text: string): URL {
  const url = URL.parse(text);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && THIS_COMPUTER.has(url.hostname));
  if (url !== null && isSafe) return url;
  const message =
    'The address of the webhook must begin with https://, so that nobody reads along. Only on this computer may it be http://127.0.0.1.';
  throw new AppError('invalid-input', message);
}
