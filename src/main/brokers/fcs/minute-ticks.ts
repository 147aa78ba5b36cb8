import { type EpochMs, type InstrumentKey, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import type { Tick } from '../../../core/tick.ts';
import type { PacketReject } from '../packet-reject.ts';
import type { FcsBar } from './read-fields.ts';
import type { CandleMessage } from './running-candles.ts';
import { contradiction, growthOf, nothingTold, pricesToTell, remember, type ToldMinute } from './told-minute.ts';

/** What a frame of minutes comes to. */
export interface MinuteNews {
  readonly ticks: readonly Tick[];
  /** Prices to look at: asks and bids that moved, and where an instrument stood when we came. */
  readonly quotes: readonly Tick[];
  readonly reject?: PacketReject | undefined;
}

/** Minutes that may still be spoken of: the running one and those before it. */
const MINUTES_KEPT = 3;
/** A candle that ended longer ago than this was not made while we listened. */
const FRESH_MS = 30 * SECOND_MS;
/** Beyond this a start is garbage, not a clock that runs fast. */
const FURTHEST_AHEAD_MS = 24 * 60 * MINUTE_MS;

const NOTHING: MinuteNews = { ticks: [], quotes: [] };

/**
 * Turns the stream of one instrument's 1-minute candles into ticks from which the same candles can be built.
 *
 * FCS tells no trades, only how the minute's candle stands. A price it shows that no tick has touched yet (open, high,
 * low) becomes a tick, then its close; all of one frame at one time. The quantity is what the candle's volume grew by.
 * Every tick is stamped within its own minute, by our clock, as a candle has no time but its start; so a bar of one
 * minute is the venue's own, and shorter ones are as good as the frames were frequent.
 */
export class MinuteTicks {
  readonly #instrument: InstrumentKey;
  #minutes: ToldMinute[] = [];
  /** The first candle after joining may be of any age. */
  #isFresh = true;
  /** Start of the candle that was only looked at: a later one is made while we listen, whatever our clock says. */
  #seenAt = Number.POSITIVE_INFINITY;

  constructor(instrument: InstrumentKey) {
    this.#instrument = instrument;
  }

  /** Time of the newest tick; undefined before the first. */
  get newestTime(): EpochMs | undefined {
    return this.#minutes.at(-1)?.lastTime;
  }

  /** The symbol was joined anew: what comes first is a picture. */
  joined(): void {
    this.#isFresh = true;
    this.#seenAt = Number.POSITIVE_INFINITY;
  }

  take(message: CandleMessage, now: EpochMs): MinuteNews {
    return message.kind === 'askbid' ? this.#takeQuote(message, now) : this.#takeBar(message, now);
  }

  #takeBar(message: Exclude<CandleMessage, { readonly kind: 'askbid' }>, now: EpochMs): MinuteNews {
    const { bar } = message;
    const best = message.kind === 'candle' ? { bid: message.bid, ask: message.ask } : {};
    if (bar.openTime % MINUTE_MS !== 0 || bar.openTime > now + FURTHEST_AHEAD_MS)
      return refused('bad-time', `${this.#instrument} at ${bar.openTime}`);
    const known = this.#minutes.find(({ openTime }) => openTime === bar.openTime);
    const newest = this.#minutes.at(-1);
    if (known === undefined && newest !== undefined && bar.openTime < newest.openTime)
      return this.#takeForgotten(bar, now);
    // A candle from before we came: good to look at, and history's to tell.
    if (known === undefined && this.#isFresh && bar.openTime <= this.#seenAt && isOld(bar, now)) {
      this.#seenAt = bar.openTime;
      return { ticks: [], quotes: [this.#tick(bar.close, within(bar.openTime, now), now, best)] };
    }
    this.#isFresh = false;
    const told = known ?? this.#begin(bar.openTime);
    const time = Math.max(told.lastTime, within(bar.openTime, now)) as EpochMs;
    const reject = contradiction(told, bar, this.#instrument);
    const grown = growthOf(told, bar);
    const prices = pricesToTell(told, bar);
    if (prices.length === 0) return { ticks: [], quotes: [this.#tick(bar.close, time, now, best)], reject };
    const ticks = prices.map((price, index) => {
      const isLast = index === prices.length - 1;
      return this.#tick(price, time, now, best, isLast ? grown : undefined);
    });
    remember(told, prices, time, bar.volume);
    return { ticks, quotes: [], reject };
  }

  /** A minute between or before those we know. Between them it was quiet, so far as we heard, and now it is told. */
  #takeForgotten(bar: FcsBar, now: EpochMs): MinuteNews {
    const [oldest] = this.#minutes;
    if (oldest === undefined || bar.openTime < oldest.openTime)
      return refused('late-candle', `${this.#instrument} at ${bar.openTime}`);
    const told = this.#begin(bar.openTime);
    const time = within(bar.openTime, now);
    const prices = pricesToTell(told, bar);
    remember(told, prices, time, bar.volume);
    const ticks = prices.map((price, index) =>
      this.#tick(price, time, now, {}, index === prices.length - 1 ? bar.volume : undefined),
    );
    return { ticks, quotes: [] };
  }

  #takeQuote(message: Extract<CandleMessage, { readonly kind: 'askbid' }>, now: EpochMs): MinuteNews {
    const { openTime, close, bid, ask } = message;
    const newest = this.#minutes.at(-1);
    const price = close ?? newest?.close;
    if (price === undefined) return NOTHING;
    const told = newest !== undefined && newest.openTime === openTime ? newest : undefined;
    if (told === undefined) {
      const stamp = message.time ?? now;
      const time = (stamp > now + FURTHEST_AHEAD_MS ? now : stamp) as EpochMs;
      return { ticks: [], quotes: [this.#tick(price, time, now, { bid, ask })] };
    }
    const time = Math.max(told.lastTime, within(told.openTime, message.time ?? now)) as EpochMs;
    const tick = this.#tick(price, time, now, { bid, ask });
    if (price === told.close) return { ticks: [], quotes: [tick] };
    remember(told, [price], time, undefined);
    return { ticks: [tick], quotes: [] };
  }

  #begin(openTime: EpochMs): ToldMinute {
    const told = nothingTold(openTime);
    this.#minutes = [...this.#minutes, told].sort((a, b) => a.openTime - b.openTime).slice(-MINUTES_KEPT);
    return told;
  }

  #tick(
    ltp: number,
    time: EpochMs,
    receivedAt: EpochMs,
    { bid, ask }: { readonly bid?: number | undefined; readonly ask?: number | undefined },
    quantity?: number | undefined,
  ): Tick {
    return { instrument: this.#instrument, ltp, quantity, bid, ask, time, receivedAt };
  }
}

/** The moment, kept within the minute that opens at `openTime`. */
function within(openTime: EpochMs, moment: EpochMs): EpochMs {
  return Math.min(Math.max(moment, openTime), openTime + MINUTE_MS - 1) as EpochMs;
}

function isOld({ openTime }: FcsBar, now: EpochMs): boolean {
  return now - openTime > MINUTE_MS + FRESH_MS;
}

function refused(reject: string, detail: string): MinuteNews {
  return { ...NOTHING, reject: { reject, detail } };
}
