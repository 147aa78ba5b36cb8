import type { EpochMs } from '../../../core/brand.ts';

/** One symbol in one timeframe: what is joined and left. `timeframe` is FCS's own word, in its canonical spelling. */
export interface Room {
  readonly symbol: string;
  readonly timeframe: string;
}

/** Everything the client says. Source: fcs-client-lib.js of fcsapi/websocket-js. */
export const joinFrame = ({ symbol, timeframe }: Room): string =>
  JSON.stringify({ type: 'join_symbol', symbol, timeframe });

export const leaveFrame = ({ symbol, timeframe }: Room): string =>
  JSON.stringify({ type: 'leave_symbol', symbol, timeframe });

export const removeAllFrame = (): string => JSON.stringify({ type: 'remove_all' });

/** Sent now and then, so that neither side takes the line for dead. */
export const pingFrame = (now: EpochMs): string => JSON.stringify({ type: 'ping', timestamp: now });

/** The answer to the server's own ping. */
export const pongFrame = (now: EpochMs): string => JSON.stringify({ type: 'pong', timestamp: now });
