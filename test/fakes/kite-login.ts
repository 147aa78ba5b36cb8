import type { IncomingMessage, ServerResponse } from 'node:http';
import { oneTimeCode } from '../../src/main/brokers/one-time-code.ts';

export interface LoginFaults {
  /**
   * `consent`: the app's page asks for approval. `elsewhere`: it redirects to another server. `circle`: it never ends.
   * `locked`: too many logins. `captcha`: a web page in place of JSON. `echo`: every refusal repeats what it was sent.
   * `unreachable`: the line breaks before an answer.
   */
  login: 'consent' | 'elsewhere' | 'circle' | 'locked' | 'captcha' | 'echo' | 'unreachable' | undefined;
}

export interface LoginParts {
  readonly faults: LoginFaults;
  readonly apiKey: string;
  readonly userId: string;
  readonly password: string;
  readonly totpSecret: string;
  now(): number;
  issueRequestToken(): string;
}

/** Where the app of this account is registered to be sent back to. */
const APP = 'http://127.0.0.1:4210/login/kite';

/**
 * Kite's login pages, as a request handler that says whether a request was for it. Cookies are wanted back, as there;
 * a code works once.
 */
export function createLoginPages(parts: LoginParts): (request: IncomingMessage, response: ServerResponse) => boolean {
  const begun = new Set<string>();
  const used = new Set<string>();
  const logIn = (form: URLSearchParams, response: ServerResponse): void => {
    if (parts.faults.login === 'locked') {
      json(response, 429, failed('NetworkException', 'Too many requests'));
      return;
    }
    if (form.get('user_id') !== parts.userId || form.get('password') !== parts.password) {
      json(response, 403, failed('TokenException', 'Invalid username or password.'));
      return;
    }
    const requestId = `request-id-${begun.size + 1}`;
    begun.add(requestId);
    const expires = 'expires=Sun, 22 Nov 2026 00:30:00 GMT; path=/; HttpOnly';
    response.setHeader('set-cookie', [`kf_session=first; ${expires}`, `user_id=${parts.userId}; ${expires}`]);
    json(response, 200, {
      status: 'success',
      data: { user_id: parts.userId, request_id: requestId, twofa_type: 'totp', twofa_types: ['totp'] },
    });
  };
  const secondFactor = (request: IncomingMessage, form: URLSearchParams, response: ServerResponse): void => {
    const code = form.get('twofa_value') ?? '';
    const isRight =
      begun.delete(form.get('request_id') ?? '') &&
      form.get('twofa_type') === 'totp' &&
      request.headers.cookie === `kf_session=first; user_id=${parts.userId}` &&
      code === oneTimeCode(parts.totpSecret, parts.now() as never) &&
      !used.has(code);
    used.add(code);
    if (!isRight) {
      json(response, 403, failed('TwoFAException', `Invalid TOTP ${code}`));
      return;
    }
    response.setHeader('set-cookie', ['enctoken=secret-enctoken==; path=/', 'kf_session=second']);
    json(response, 200, { status: 'success', data: { profile: {} } });
  };
  const page = (request: IncomingMessage, query: URLSearchParams, response: ServerResponse): void => {
    if (query.get('api_key') !== parts.apiKey) {
      json(response, 400, failed('InputException', 'Invalid `api_key`.'));
      return;
    }
    const isIn = request.headers.cookie === `kf_session=second; user_id=${parts.userId}; enctoken=secret-enctoken==`;
    const { login } = parts.faults;
    if (!isIn || login === 'consent') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Authorize?</html>');
      return;
    }
    const step = Number(query.get('step') ?? 0);
    const next =
      login === 'elsewhere'
        ? 'https://elsewhere.invalid/steal'
        : step < 2 || login === 'circle'
          ? `/connect/login?v=3&api_key=${parts.apiKey}&step=${step + 1}`
          : `${APP}?action=login&type=login&status=success&request_token=${parts.issueRequestToken()}`;
    response.writeHead(302, { location: next }).end();
  };

  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    if (pathname === '/connect/login' && request.method === 'GET') {
      page(request, searchParams, response);
      return true;
    }
    if (request.method !== 'POST' || !pathname.startsWith('/api/')) return false;
    if (parts.faults.login === 'unreachable') {
      request.destroy();
      return true;
    }
    if (parts.faults.login === 'captcha') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Are you a robot?</html>');
      return true;
    }
    void readForm(request).then((form) => {
      if (parts.faults.login === 'echo') {
        json(response, 403, failed('UserException', `No: ${[...form.values()].join(', ')}`));
        return;
      }
      if (pathname === '/api/login') logIn(form, response);
      else if (pathname === '/api/twofa') secondFactor(request, form, response);
      else json(response, 404, failed('GeneralException', 'Route not found'));
    });
    return true;
  };
}

function failed(errorType: string, message: string): unknown {
  return { status: 'error', message, error_type: errorType, data: null };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return new URLSearchParams(body);
}
