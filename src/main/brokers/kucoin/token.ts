import { isRecord } from '../../../core/is-record.ts';
import { readNumber } from './read-values.ts';
import { PING } from './wire.ts';

/** A place to connect to, and how it wants to be kept awake. */
export interface InstanceServer {
  readonly endpoint: string;
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
}

/** The right to connect, for a day. */
export interface SocketToken {
  readonly token: string;
  /** Any of them will do. At least one. */
  readonly servers: readonly InstanceServer[];
}

/** Bounds within which we believe a heartbeat's numbers. */
const SHORTEST_MS = 50;
const LONGEST_MS = 120_000;

/** The `data` of `POST /api/v1/bullet-public`. Undefined when nothing can be done with it. */
export function readToken(data: unknown): SocketToken | undefined {
  if (!isRecord(data)) return undefined;
  const { token, instanceServers } = data;
  if (typeof token !== 'string' || token === '' || !Array.isArray(instanceServers)) return undefined;
  const servers = instanceServers.flatMap((server) => readServer(server) ?? []);
  return servers.length === 0 ? undefined : { token, servers };
}

function readServer(value: unknown): InstanceServer | undefined {
  if (!isRecord(value)) return undefined;
  const { endpoint, protocol = 'websocket', pingInterval, pingTimeout } = value;
  if (typeof endpoint !== 'string' || !isSocketUrl(endpoint) || protocol !== 'websocket') return undefined;
  return {
    endpoint,
    pingIntervalMs: duration(pingInterval, PING.pingIntervalMs),
    pingTimeoutMs: duration(pingTimeout, PING.pingTimeoutMs),
  };
}

function isSocketUrl(text: string): boolean {
  const protocol = URL.parse(text)?.protocol;
  return protocol === 'wss:' || protocol === 'ws:';
}

function duration(value: unknown, usual: number): number {
  const ms = readNumber(value);
  return ms !== undefined && ms >= SHORTEST_MS && ms <= LONGEST_MS ? ms : usual;
}

/** The address to open: the token holds `=`, which has to be escaped. Never to be shown. */
export function socketUrl(endpoint: string, token: string, connectId: string): string {
  const url = new URL(endpoint);
  url.searchParams.set('token', token);
  url.searchParams.set('connectId', connectId);
  return url.href;
}
