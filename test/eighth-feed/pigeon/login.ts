import { type EpochMs, SECOND_MS } from '../../../src/core/brand.ts';
import { AppError } from '../../../src/core/errors.ts';
import { isRecord } from '../../../src/core/is-record.ts';
import type { BrokerLogin } from '../../../src/main/brokers/broker-module.ts';
import { createHttp } from '../../../src/main/brokers/transport/http.ts';
import { addressesOf } from './addresses.ts';
import { openAnswer, unexpectedData } from './errors.ts';

type Fields = Readonly<Record<string, string>>;

/** `pgn.<end in Unix seconds>.<random>`: the token tells by itself when it ends. */
const TOKEN = /^pgn\.(\d{9,11})\.\w+$/;

/** By user and PIN, as `POST /login` takes them; there is no page. */
export const pigeonLogin: BrokerLogin = {
  async unattended({ clock, credentials, endpoints }, stop) {
    const [user, pin] = [credentials['user']?.trim() ?? '', credentials['pin'] ?? ''];
    if (user === '' || pin === '')
      throw new AppError(
        'invalid-input',
        'The Pigeon Exchange needs user and PIN. Enter them in Settings, under Feed.',
      );
    const send = createHttp({ venue: 'The Pigeon Exchange', clock });
    const url = `${addressesOf(endpoints).apiUrl}/login`;
    const data = openAnswer(await send({ method: 'POST', url, json: { user, pin } }, stop));
    const token = isRecord(data) ? data['token'] : undefined;
    if (typeof token !== 'string' || !TOKEN.test(token)) throw unexpectedData('its token');
    return { token };
  },
  until: ({ token }) => endOf(token),
};

/** When a token ends; undefined for what is no token. */
export function endOf(token: string | undefined): EpochMs | undefined {
  const [, seconds] = TOKEN.exec(token?.trim() ?? '') ?? [];
  return seconds === undefined ? undefined : ((Number(seconds) * SECOND_MS) as EpochMs);
}

/** The token among what a person entered. Throws AppError `auth-expired` where there is none that still holds. */
export function readToken(fields: Fields, now: EpochMs): string {
  const token = fields['token']?.trim() ?? '';
  const end = endOf(token);
  if (end !== undefined && end > now) return token;
  const what = token === '' ? 'needs a login' : end === undefined ? 'has no such token' : 'ended the login';
  throw new AppError('auth-expired', `The Pigeon Exchange ${what}. Enter user and PIN in Settings, under Feed.`);
}
