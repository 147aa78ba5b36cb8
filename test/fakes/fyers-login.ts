import { createHash } from 'node:crypto';
import { generateSync } from 'otplib';

export interface LoginFaults {
  /** Answer every step of the login with "too many". */
  login: 'throttle' | 'html' | undefined;
  /** How many one-time codes to refuse, right or not. */
  refuseCodes: number;
  /** Where to put the auth code: in an address, by itself, or in the redirect's header. */
  authCodeIn: 'url' | 'data' | 'location' | 'nowhere';
}

/** The account that the fake venue knows. */
export interface FakeAccount {
  readonly appId: string;
  readonly appSecret: string;
  readonly clientId: string;
  readonly pin: string;
  readonly totpSecret: string;
  readonly redirectUrl: string;
}

export const ACCOUNT: FakeAccount = {
  appId: 'TESTAPP-100',
  appSecret: 'TESTSECRET',
  clientId: 'XX00001',
  pin: '1357',
  totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  redirectUrl: 'https://127.0.0.1:9/fyers/redirect',
};

export interface FakeReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LoginDesk {
  /** Undefined for a path that is none of the login's. */
  answer(path: string, body: Readonly<Record<string, unknown>>, authorization: string): FakeReply | undefined;
  /** Good for one exchange. */
  issueAuthCode(): string;
  /** The access token that is valid now. */
  readonly accessToken: string;
  readonly hsmKey: string;
  expire(): void;
}

/** The login chain of the fake venue: one-time password, PIN, auth code, access token. */
export function createLoginDesk(now: () => number, faults: LoginFaults, tokenSeconds = 18 * 3_600): LoginDesk {
  const hsmKey = '0123456789abcdef0123456789abcdef';
  const authCodes = new Set<string>();
  let issued = 0;
  let isExpired = false;
  const keyFor = (step: string): string => `${step}-${issued}`;
  const issueToken = (): string => {
    issued += 1;
    isExpired = false;
    const payload = {
      iss: 'api.login.fyers.in',
      iat: seconds(now()),
      exp: seconds(now()) + tokenSeconds,
      sub: 'access_token',
      hsm_key: hsmKey,
      fy_id: ACCOUNT.clientId,
      serial: issued,
    };
    return [{ typ: 'JWT', alg: 'HS256' }, payload, 'signature']
      .map((part) => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url'))
      .join('.');
  };
  let accessToken = issueToken();
  const issueAuthCode = (): string => {
    issued += 1;
    authCodes.add(`auth-code-${issued}`);
    return `auth-code-${issued}`;
  };

  const token = (body: Readonly<Record<string, unknown>>, authorization: string): FakeReply => {
    const isRight = authorization === 'Bearer page-token' && `${body['app_id']}-${body['appType']}` === ACCOUNT.appId;
    if (!isRight || body['redirect_uri'] !== ACCOUNT.redirectUrl || body['fyers_id'] !== ACCOUNT.clientId)
      return refusal(-371, 'Invalid app or redirect');
    const code = issueAuthCode();
    const url = `${ACCOUNT.redirectUrl}?s=ok&code=200&auth_code=${code}&state=None`;
    if (faults.authCodeIn === 'data') return { status: 200, body: { s: 'ok', code: 200, data: { auth: code } } };
    if (faults.authCodeIn === 'location') return { status: 308, body: {}, headers: { location: url } };
    if (faults.authCodeIn === 'nowhere') return { status: 200, body: { s: 'ok', code: 200 } };
    return { status: 308, body: { s: 'ok', code: 308, message: '', Url: url } };
  };
  const validate = (body: Readonly<Record<string, unknown>>): FakeReply => {
    const hash = createHash('sha256').update(`${ACCOUNT.appId}:${ACCOUNT.appSecret}`).digest('hex');
    if (body['appIdHash'] !== hash || !authCodes.delete(String(body['code'])))
      return refusal(-437, 'invalid auth code');
    accessToken = issueToken();
    return { status: 200, body: { s: 'ok', code: 200, message: '', access_token: accessToken, refresh_token: 'none' } };
  };

  return {
    answer(path, body, authorization) {
      if (path === '/api/v3/validate-authcode') return validate(body);
      if (path === '/api/v3/token') return token(body, authorization);
      if (!path.startsWith('/vagator/v2/')) return undefined;
      if (faults.login === 'throttle')
        return { status: 200, body: { s: 'error', code: -1_000, message: 'Too many requests' } };
      switch (path) {
        case '/vagator/v2/send_login_otp_v2':
          if (body['fy_id'] !== base64(ACCOUNT.clientId) || body['app_id'] !== '2')
            return refusal(-1_006, 'Invalid user');
          return { status: 200, body: { s: 'ok', code: 200, request_key: keyFor('otp') } };
        case '/vagator/v2/verify_otp': {
          const right = generateSync({ secret: ACCOUNT.totpSecret, epoch: seconds(now()) });
          const isRefused = faults.refuseCodes > 0;
          if (isRefused) faults.refuseCodes -= 1;
          if (isRefused || body['otp'] !== right || body['request_key'] !== keyFor('otp'))
            return refusal(-1_025, 'Invalid OTP');
          return { status: 200, body: { s: 'ok', code: 200, request_key: keyFor('pin') } };
        }
        case '/vagator/v2/verify_pin_v2':
          if (
            body['identifier'] !== base64(ACCOUNT.pin) ||
            body['identity_type'] !== 'pin' ||
            body['request_key'] !== keyFor('pin')
          )
            return refusal(-1_040, 'Invalid PIN');
          return { status: 200, body: { s: 'ok', code: 200, data: { access_token: 'page-token', refresh_token: '' } } };
        default:
          return undefined;
      }
    },
    issueAuthCode,
    get accessToken() {
      return isExpired ? 'expired' : accessToken;
    },
    hsmKey,
    expire() {
      isExpired = true;
    },
  };
}

function refusal(code: number, message: string): FakeReply {
  return { status: 400, body: { s: 'error', code, message } };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
