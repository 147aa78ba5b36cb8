import { MINUTE_MS, SECOND_MS } from '../../../src/core/brand.ts';

/** Constants of the invented exchange. Source for all of them: ../pigeon.md. */
export const PIGEON_API_URL = 'https://api.pigeon.example/v1';
export const PIGEON_WS_URL = 'wss://stream.pigeon.example/v1';

/** In front of the exchange's own name: `PIGEON:CORN`. */
export const PREFIX = 'PIGEON:';

/** It hangs up on a client that was silent for ten seconds. */
export const PING_EVERY_MS = 3 * SECOND_MS;
/** How it closes a connection whose login it refuses. */
export const CLOSE_LOGIN = 4401;

export const MOST_QUOTES = 50;
export const MOST_BARS = 500;
/** The wait after "slow-down". */
export const SLOW_DOWN_MS = MINUTE_MS;
