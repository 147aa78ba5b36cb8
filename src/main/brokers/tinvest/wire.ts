import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import type { Patience } from '../transport/connection.ts';

/** T-Invest's JSON gateways. Sources, tables and doubts: docs/wire-formats/tinvest.md. */
export const SERVERS = {
  production: { api: 'https://invest-public-api.tbank.ru/rest', ws: 'wss://invest-public-api.tbank.ru/ws' },
  sandbox: {
    api: 'https://sandbox-invest-public-api.tbank.ru/rest',
    ws: 'wss://sandbox-invest-public-api.tbank.ru/ws',
  },
} as const;

const CONTRACT = 'tinkoff.public.invest.api.contract.v1';

/** Services, as the path and the limits of single calls name them. */
export type Service = 'MarketDataService' | 'InstrumentsService' | 'UsersService';

/** The path of a single call below the REST base. */
export function methodPath(service: Service, method: string): string {
  return `/${CONTRACT}.${service}/${method}`;
}

/** The path of the stream below the WebSocket base: without it the server answers 404. */
export const STREAM_PATH = `/${CONTRACT}.MarketDataStreamService/MarketDataStream`;

/** How format and token are told when the stream is opened. */
export type HandshakeMode = 'header' | 'subprotocol';

/** What of `handshake` the person may choose. */
export const HANDSHAKES = ['auto', 'header', 'subprotocol'] as const;

/** The venue stops at 300 subscriptions a stream and 16 streams; some are left free. */
export const STREAM_LIMITS = { perStream: 250, streams: 4 } as const;

/** Subscription frames of one stream; the venue refuses above 100 a minute. */
export const FRAMES_A_MINUTE = 30;

export const PING_DELAY_MS = 20 * SECOND_MS;
/** How often the round trip is measured. */
export const ROUND_TRIP_EVERY_MS = MINUTE_MS;
/** How often the stream is asked what it believes we want. */
export const RECONCILE_EVERY_MS = 5 * MINUTE_MS;
/** How long the answers may take. */
export const RECONCILE_ANSWER_MS = 10 * SECOND_MS;
/** Single trades are guaranteed for the last hour. */
export const TRADES_KEPT_MS = HOUR_MS;

/**
 * Pings come every 20 s, also while the market is closed: 65 s without a word is a dead line. Not every share trades every
 * minute, so missing prices are looked at more calmly than at an exchange with indices.
 */
export const STREAM_PATIENCE: Partial<Patience> = {
  silenceMs: 65 * SECOND_MS,
  staleMs: 30 * SECOND_MS,
  dataMs: 5 * MINUTE_MS,
};

/** Wait after the server said "too many streams": it counts anew every two minutes. */
export const TOO_MANY_STREAMS_MS = 2 * MINUTE_MS;
/** Wait after close code 4008. */
export const EXHAUSTED_MS = MINUTE_MS;
