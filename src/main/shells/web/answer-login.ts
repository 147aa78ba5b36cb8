import type { ServerResponse } from 'node:http';
import type { LoginDoor, LoginOutcome } from '../../engine/login-door.ts';

const STATUS: Readonly<Record<LoginOutcome['kind'], number>> = { done: 200, refused: 400, unknown: 403 };

/** The broker that a path such as `/login/kite` is about; undefined for every other path. */
export function loginOf(pathname: string): string | undefined {
  return /^\/login\/([a-z][a-z0-9-]{0,31})$/.exec(pathname)?.[1];
}

/**
 * Answers a browser that comes back from a venue's page. It comes from another site, so our strict cookie is not with
 * it: what lets it in is the random `state` of a login that is pending.
 */
export async function answerLogin(
  logins: LoginDoor,
  broker: string,
  query: URLSearchParams,
  response: ServerResponse,
  stop: AbortSignal,
): Promise<void> {
  const { kind, sentence } = await logins.finish(broker, query, stop);
  response.writeHead(STATUS[kind], { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${sentence}\n`);
}
