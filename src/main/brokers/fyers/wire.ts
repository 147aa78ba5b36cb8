/**
 * Fyers' market data socket (HSM), binary messages. All integers are big-endian; values of a data frame are signed
 * 32-bit integers.
 *
 * Source: the official clients' own wire code (npm fyers-api-v3 1.9.0, FyersDev's Python and Go clients). There is no
 * public description of the frames. Tables and doubts: docs/wire-formats/fyers.md.
 */

/** Byte 2 of a frame, in both directions. */
export const FRAME_TYPE = {
  login: 1,
  acknowledge: 3,
  subscribe: 4,
  unsubscribe: 5,
  data: 6,
  pause: 7,
  resume: 8,
  snapshot: 9,
  optionChain: 10,
  ping: 11,
  mode: 12,
} as const;

/** First byte of a record in a data frame: the letters S, U and L. */
export const RECORD = { snapshot: 0x53, update: 0x55, lite: 0x4c } as const;

/** Stands for "none" in a snapshot and for "as before" in an update. */
export const NO_VALUE = -0x8000_0000;

/** The first byte of an answer's first field. */
export const ANSWER_OK = 0x4b;

/** What a topic is about, by the first two letters of its name: a scrip, an index, an order book. */
export const TOPIC_KINDS = ['sf', 'if', 'dp'] as const;
export type TopicKind = (typeof TOPIC_KINDS)[number];

/** Every subscription belongs to a channel; clients use 1 to 30, and 11 unless told otherwise. */
export const CHANNEL = 11;
/** The most topics of one frame, and of one connection. */
export const TOPICS_PER_FRAME = 1_500;
export const TOPICS_PER_SOCKET = 5_000;

/** Most symbols of one request for quotes. Source: the API reference, Quotes. */
export const QUOTES_PER_REQUEST = 50;

export const PING_MS = 10_000;

/** Fyers' servers, when nothing else is configured. */
export const FYERS_API_URL = 'https://api-t1.fyers.in';
export const FYERS_WS_URL = 'wss://socket.fyers.in';
export const FYERS_LOGIN_URL = 'https://api-t2.fyers.in';
/** The lists of symbols lie on a server of their own. */
export const FYERS_LISTS_URL = 'https://public.fyers.in';

/** Paths stay the same wherever the servers are. */
export const PATH = {
  data: '/hsm/v1-5/prod',
  orders: '/trade/v3',
  lists: '/sym_details',
} as const;
