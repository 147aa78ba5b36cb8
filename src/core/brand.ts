declare const brand: unique symbol;

/** A primitive that the compiler refuses to mix with others of the same shape. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Milliseconds since 1970-01-01T00:00:00Z. The only unit of time inside the app. */
export type EpochMs = Brand<number, 'EpochMs'>;

/** `EXCHANGE:SYMBOL`, e.g. `NSE:INFY`. The same at every broker. */
export type InstrumentKey = Brand<string, 'InstrumentKey'>;

/** A calendar date of the market's own time zone, `YYYY-MM-DD`. */
export type TradingDate = Brand<string, 'TradingDate'>;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
