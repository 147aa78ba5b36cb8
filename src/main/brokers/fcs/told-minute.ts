import type { EpochMs, InstrumentKey } from '../../../core/brand.ts';
import type { PacketReject } from '../packet-reject.ts';
import type { FcsBar } from './read-fields.ts';

/** What the ticks of one minute have told so far. */
export interface ToldMinute {
  readonly openTime: EpochMs;
  open: number | undefined;
  high: number;
  low: number;
  close: number | undefined;
  /** Undefined until a candle said one. */
  volume: number | undefined;
  lastTime: EpochMs;
}

export function nothingTold(openTime: EpochMs): ToldMinute {
  return {
    openTime,
    open: undefined,
    high: Number.NEGATIVE_INFINITY,
    low: Number.POSITIVE_INFINITY,
    close: undefined,
    volume: undefined,
    lastTime: openTime,
  };
}

/** Prices of the candle that no tick has told yet, its close last; none where nothing was traded since. */
export function pricesToTell(told: ToldMinute, { open, high, low, close, volume }: FcsBar): readonly number[] {
  const hasGrown = volume !== undefined && (told.volume === undefined || volume > told.volume);
  const opening = told.open === undefined ? [open] : [];
  const isHigher = high > Math.max(told.high, ...opening);
  const isLower = low < Math.min(told.low, ...opening);
  // The one on the other side of the close was there first.
  const extremes = close >= open ? [isLower && low, isHigher && high] : [isHigher && high, isLower && low];
  const prices = [...opening, ...extremes.filter((price) => price !== false)];
  if (prices.at(-1) === close) return prices;
  return prices.length > 0 || close !== told.close || hasGrown ? [...prices, close] : prices;
}

/** What the candle's volume grew by; undefined where it has none. */
export function growthOf(told: ToldMinute, { volume }: FcsBar): number | undefined {
  return volume === undefined ? undefined : Math.max(0, volume - (told.volume ?? 0));
}

/** The prices were told at `time`; `volume` is the candle's, where it said one. */
export function remember(told: ToldMinute, prices: readonly number[], time: EpochMs, volume: number | undefined): void {
  told.open ??= prices[0];
  told.high = Math.max(told.high, ...prices);
  told.low = Math.min(told.low, ...prices);
  told.close = prices.at(-1) ?? told.close;
  if (volume !== undefined) told.volume = Math.max(told.volume ?? 0, volume);
  told.lastTime = time;
}

/** What the candle now denies of what it said before, and no tick can take back. */
export function contradiction(told: ToldMinute, bar: FcsBar, instrument: InstrumentKey): PacketReject | undefined {
  if (told.open === undefined) return undefined;
  const what =
    bar.open !== told.open
      ? 'open moved'
      : bar.high < told.high
        ? 'high fell'
        : bar.low > told.low
          ? 'low rose'
          : bar.volume !== undefined && told.volume !== undefined && bar.volume < told.volume
            ? 'volume fell'
            : undefined;
  return what === undefined ? undefined : { reject: 'contradiction', detail: `${instrument}: ${what}` };
}
