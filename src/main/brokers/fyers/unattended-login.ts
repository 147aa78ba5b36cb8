import { AppError } from '../../../core/errors.ts';
import { isRecord } from '../../../core/is-record.ts';
import { pause } from '../../engine/pause.ts';
import type { Clock } from '../../engine/ports.ts';
import { freshOneTimeCode } from '../one-time-code.ts';
import type { HttpAnswer, SendHttp } from '../transport/http.ts';
import { clockAdvice } from './clock-skew.ts';
import { unexpectedData } from './errors.ts';
import { openLoginAnswer } from './login-answer.ts';
import type { Servers } from './servers.ts';

/** What a person would type into Fyers' login page. */
export interface LoginSecrets {
  /** With its suffix. */
  readonly appId: string;
  readonly clientId: string;
  readonly pin: string;
  readonly totpSecret: string;
  /** As registered with the app. */
  readonly redirectUrl: string;
}

export interface LoginParts {
  readonly send: SendHttp;
  readonly servers: Pick<Servers, 'api' | 'login'>;
  readonly clock: Clock;
}

const WINDOW_MS = 30_000;
/** The servers behind the login page turn away what does not look like a browser. */
const HEADERS = { 'user-agent': 'Mozilla/5.0 (compatible; Tickscope)', accept: 'application/json' };

/**
 * Goes through Fyers' login page without a browser: one-time password, PIN, auth code. Undocumented; steps and
 * sources: docs/wire-formats/fyers.md, "Login without a browser". Answers the auth code.
 *
 * Throws AppError: `auth-expired` says what was refused, `rate-limited` to wait, `network` that nobody answered,
 * `invalid-input` that the TOTP secret is none. No error holds a secret.
 */
export async function fetchAuthCode(secrets: LoginSecrets, parts: LoginParts, stop: AbortSignal): Promise<string> {
  const { send, servers, clock } = parts;
  const { clientId, pin, totpSecret, redirectUrl } = secrets;
  const hidden = [pin, base64(pin), totpSecret];
  const post = (path: string, json: unknown): Promise<HttpAnswer> =>
    send({ method: 'POST', url: `${servers.login}/vagator/v2/${path}`, headers: HEADERS, json }, stop);

  const sent = await post('send_login_otp_v2', { fy_id: base64(clientId), app_id: '2' });
  const first = textIn(openLoginAnswer(sent, 'the client id', hidden), 'request_key');

  const verify = async (): Promise<HttpAnswer> => {
    const otp = await freshOneTimeCode(totpSecret, clock, stop);
    hidden.push(otp);
    return post('verify_otp', { request_key: first, otp });
  };
  const second = textIn(await verifyTwice(verify, hidden, clock, stop), 'request_key');

  const pinAnswer = await post('verify_pin_v2', { request_key: second, identity_type: 'pin', identifier: base64(pin) });
  const { data } = openLoginAnswer(pinAnswer, 'the PIN', hidden);
  const pageToken = textIn(isRecord(data) ? data : {}, 'access_token');

  const [app = '', suffix = ''] = splitAppId(secrets.appId);
  const answer = await send(
    {
      method: 'POST',
      url: `${servers.api}/api/v3/token`,
      headers: { ...HEADERS, authorization: `Bearer ${pageToken}` },
      json: {
        fyers_id: clientId,
        app_id: app,
        redirect_uri: redirectUrl,
        appType: suffix,
        code_challenge: '',
        state: 'None',
        scope: '',
        nonce: '',
        response_type: 'code',
        create_cookie: true,
      },
    },
    stop,
  );
  return authCodeIn(answer, [...hidden, pageToken]);
}

/** A code that was refused may have been a moment too old: the next window's is tried, once. */
async function verifyTwice(
  verify: () => Promise<HttpAnswer>,
  hidden: readonly string[],
  clock: Clock,
  stop: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await verify();
  try {
    return openLoginAnswer(answer, 'the one-time code', hidden);
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'auth-expired') throw thrown;
  }
  await pause(clock, WINDOW_MS - (clock.now() % WINDOW_MS), stop);
  stop.throwIfAborted();
  const again = await verify();
  return openLoginAnswer(again, 'the one-time code', hidden, clockAdvice(again.header('date'), clock.now()));
}

/** The code is in the address of the body, or by itself, or in the address of the redirect, which nobody follows. */
function authCodeIn(answer: HttpAnswer, hidden: readonly string[]): string {
  const location = answer.header('location');
  if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
    const code = codeOfUrl(location);
    if (code !== undefined) return code;
  }
  const body = openLoginAnswer(answer, 'the app', hidden);
  const { Url: url, data } = body;
  const code = (typeof url === 'string' && codeOfUrl(url)) || (isRecord(data) && data['auth']);
  if (typeof code === 'string' && code !== '') return code;
  throw new AppError(
    'auth-expired',
    'Fyers logged in, but gave no auth code. A new app must be allowed once in a browser: use the browser login.',
  );
}

function codeOfUrl(url: string): string | undefined {
  return URL.parse(url)?.searchParams.get('auth_code') ?? undefined;
}

/** `ABCD1234EF-100` without and with its number apart. */
function splitAppId(appId: string): readonly string[] {
  const hyphen = appId.lastIndexOf('-');
  return [appId.slice(0, hyphen), appId.slice(hyphen + 1)];
}

function textIn(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw unexpectedData('an answer to the login');
  return value;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
