import type { Clock } from '../../engine/ports.ts';
import { createRateBudget } from '../transport/rate-budget.ts';
import type { SocketAddress } from '../transport/socket.ts';
import type { WireTap } from '../transport/wire-tap.ts';
import { type KucoinApi, WEIGHT } from './api.ts';
import { unexpectedData } from './errors.ts';
import { type InstanceServer, readToken, socketUrl } from './token.ts';
import { LIMITS } from './wire.ts';

/** Where to connect, and how the server there wants to be kept awake. */
export interface Access {
  readonly address: SocketAddress;
  readonly server: InstanceServer;
}

export interface ConnectorParts {
  readonly api: Pick<KucoinApi, 'post'>;
  readonly clock: Clock;
  /** Connect here, whatever the venue says. */
  readonly wsUrl: string | undefined;
  readonly tap: WireTap | undefined;
}

/**
 * Gives access, each time with a fresh token, and no faster than the venue allows new connections. `turn` counts the
 * failures in a row of a connection: of several servers it gets the next.
 */
export type Connector = (name: string, turn: number, stop: AbortSignal) => Promise<Access>;

/** One for all connections, which are counted together. What it gives throws AppError. */
export function createConnector({ api, clock, wsUrl, tap }: ConnectorParts): Connector {
  const budget = createRateBudget(clock, [LIMITS.connects]);
  let connects = 0;
  return async (name, turn, stop) => {
    await budget.take(stop);
    const token = readToken(await api.post('/api/v1/bullet-public', WEIGHT.token, stop));
    const server = token?.servers[turn % token.servers.length];
    if (token === undefined || server === undefined) throw unexpectedData('an access to its stream');
    connects += 1;
    const url = socketUrl(wsUrl ?? server.endpoint, token.token, `tickscope-${connects}`);
    return { address: { url, tap: { connection: name, to: tap } }, server };
  };
}
