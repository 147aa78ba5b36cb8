import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';

/** Where KuCoin's spot market answers. The socket's address comes with its token. */
export const KUCOIN_API_URL = 'https://api.kucoin.com';

/** The part before the colon of our keys. */
export const EXCHANGE = 'KUCOIN';

/** What a subscription is for: the part of a topic before the colon. Source: docs/wire-formats/kucoin.md, "Topics". */
export const TOPIC = {
  trades: '/market/match',
  ticker: '/market/ticker',
  level1: '/spotMarket/level1',
  depth5: '/spotMarket/level2Depth5',
  depth50: '/spotMarket/level2Depth50',
  candles: '/market/candles',
} as const;

/** Source: docs/wire-formats/kucoin.md, "Limits". Our own numbers stay below the venue's. */
export const LIMITS = {
  /** 100 in 10 s are allowed; pings are counted and not held back. */
  frames: { count: 80, perMs: 10 * SECOND_MS },
  topicsPerFrame: 100,
  /** 400 are documented, errors were seen from 300 on. */
  topicsPerConnection: 250,
  /** 30 a minute are allowed. */
  connects: { count: 20, perMs: MINUTE_MS },
  /** 2,000 of weight in 30 s are allowed. */
  weight: { count: 1_800, perMs: 30 * SECOND_MS },
  rowsPerRequest: 1_500,
} as const;

/** How long we wait for an answer to a request on the socket, and for the welcome. */
export const ANSWER_MS = 10 * SECOND_MS;

/** Should the token's answer not say, or say nonsense. Source: docs/wire-formats/kucoin.md, "Token". */
export const PING = { pingIntervalMs: 18 * SECOND_MS, pingTimeoutMs: 10 * SECOND_MS } as const;

/** A connection is replaced this long before its token is a day old, less a random part of `spreadMs`. */
export const ROTATION = { hours: 23, spreadMs: 10 * MINUTE_MS } as const;

/** A fresh connection asks for its topics no faster than the venue allows, candles one by one: that may take a minute. */
export const PREPARE_MS = 2 * MINUTE_MS;

/** How often the venue is asked for its time. */
export const SERVER_TIME_MS = HOUR_MS;

/** After a candle's end the venue gets this long to send its last state. */
export const CANDLE_GRACE_MS = 2 * SECOND_MS;

/**
 * An attempt asks for a token, connects and waits for the welcome. Nothing is pushed while nothing changes, so silence
 * is judged by the heartbeat (`Pinger`), and prices may be away longer than at other venues.
 */
export const PATIENCE = {
  connectMs: 25 * SECOND_MS,
  silenceMs: 5 * MINUTE_MS,
  staleMs: MINUTE_MS,
  dataMs: 5 * MINUTE_MS,
} as const;
