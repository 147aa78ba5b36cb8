import { MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';

/**
 * FCS API v4: text frames of JSON over one WebSocket, and POSTed forms for what is past.
 *
 * Source: the vendor's own clients (fcsapi/websocket-js, websocket-python, rest-api-js, rest-api-python, 2025-12).
 * Tables and doubts: docs/wire-formats/fcs.md.
 */

/** FCS's servers, when nothing else is configured. */
export const FCS_API_URL = 'https://api-v4.fcsapi.com';
export const FCS_WS_URL = 'wss://ws-v4.fcsapi.com/ws';

/** Public, for trying out: which symbols it serves, and how many, the vendor does not say. */
export const DEMO_KEY = 'fcs_socket_demo';

/** How often the vendor's client pings, counted from the welcome. */
export const PING_EVERY_MS = 25 * SECOND_MS;
/** After a ping something must be heard within this. */
export const PONG_WITHIN_MS = 10 * SECOND_MS;

/** A join without an answer is sent once more, and then given up until the next connection. */
export const JOIN_PATIENCE_MS = 10 * SECOND_MS;
/** Twenty joins a second: the vendor names no limit. */
export const JOIN_EVERY_MS = 50;

/** Rows of one answer of history: the most that it gives, and what a page of ours asks for. */
export const HISTORY_ROWS = { most: 10_000, perCredit: 100 } as const;
/** Symbols of one `latest` request; a hundred rows cost one credit. */
export const LATEST_SYMBOLS = 100;

/** After "too many requests". */
export const TOO_MANY_MS = MINUTE_MS;
/** What the vendor's own REST clients wait for an answer. */
export const REST_TIMEOUT_MS = 30 * SECOND_MS;
