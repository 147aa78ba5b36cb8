import type { CandleTable } from '../../../../contract/commands.ts';
import type { EpochMs, InstrumentKey } from '../../../../core/brand.ts';
import type { Candle } from '../../../../core/candle.ts';
import type { Timeframe } from '../../../../core/timeframe.ts';
import type { BarSeries } from './bar-series.ts';

/** Bars a chart opens with: some days of 5 minutes, and drawn within a few milliseconds. */
export const FIRST_BARS = 600;
/** Bars of each older page. */
const PAGE_BARS = 1_000;
/** What one question to the engine may bring. */
const MOST_BARS = 5_000;
/** More than this is not kept: ten weeks of minutes. */
const MOST_KEPT = 25_000;

export interface ChartKey {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
}

/** Where bars come from. The page's is made of the engine's commands and the candle store. */
export interface BarSource {
  load(request: ChartKey & { readonly before: EpochMs | null; readonly limit: number }): Promise<CandleTable>;
  /** Tells the engine which bars this screen wants to hear of. */
  announce(chart: ChartKey): Promise<unknown>;
  watch(chart: ChartKey, onCandle: (candle: Candle, closed: boolean) => void): () => void;
  onRevised(instrument: InstrumentKey, onChange: () => void): () => void;
}

export interface BarEvents {
  /** Everything is new: the first bars, or history that was loaded again. */
  loaded(again: boolean): void;
  /** So many bars were put in front. */
  prepended(count: number): void;
  /** The bars from this row to the end are new or changed. */
  changed(from: number): void;
  /** A bar of the past was corrected. */
  corrected(): void;
  /** `message` is a sentence for the person at the screen. */
  failed(message: string): void;
}

export interface FollowedBars {
  /** Asks for a page of older bars, unless one is on its way or there are none. */
  older(): void;
  /** Loads everything again. */
  reload(): void;
  stop(): void;
}

/**
 * Keeps a series in step with the engine: loads, pages, follows. Nothing arrives after `stop`.
 *
 * It listens before it asks, so no bar falls between the answer and the first event; events that come before the
 * answer wait, and the forming ones among them are dropped, since the answer is newer.
 */
export function followBars(
  source: BarSource,
  chart: ChartKey,
  series: BarSeries,
  events: BarEvents,
  firstBars = FIRST_BARS,
): FollowedBars {
  let stopped = false;
  let state: 'loading' | 'paging' | 'following' | 'failed' = 'loading';
  let loadedOnce = false;
  let reloadWanted = false;
  let early: Candle[] = [];

  const receive = (candle: Candle, closed: boolean): void => {
    if (state === 'loading' || state === 'failed') {
      if (closed) early.push(candle);
      return;
    }
    const change = series.apply(candle, closed);
    if (change.kind === 'tail') events.changed(change.from);
    else if (change.kind === 'history') events.corrected();
  };

  const load = async (): Promise<void> => {
    state = 'loading';
    const limit = Math.min(MOST_BARS, Math.max(firstBars, series.bars.length));
    try {
      // Both are on their way at once; the engine takes them in this order.
      const announced = source.announce(chart);
      const table = await source.load({ ...chart, before: null, limit });
      await announced;
      if (stopped) return;
      series.load(table);
      for (const candle of early) series.apply(candle, true);
      early = [];
      state = 'following';
      events.loaded(loadedOnce);
      loadedOnce = true;
    } catch (error) {
      if (stopped) return;
      state = loadedOnce ? 'following' : 'failed';
      if (loadedOnce) {
        for (const candle of early) series.apply(candle, true);
        early = [];
        events.corrected();
      }
      events.failed(messageOf(error));
    }
    again();
  };
  const page = async (): Promise<void> => {
    const first = series.bars[0];
    if (first === undefined) return;
    state = 'paging';
    try {
      const table = await source.load({ ...chart, before: first.openTime, limit: PAGE_BARS });
      if (stopped) return;
      events.prepended(series.prepend(table));
      state = 'following';
    } catch (error) {
      if (stopped) return;
      state = 'following';
      events.failed(messageOf(error));
    }
    again();
  };
  /** One question at a time: what was asked for meanwhile is asked now. */
  const again = (): void => {
    if (!reloadWanted || stopped) return;
    reloadWanted = false;
    void load();
  };
  const reload = (): void => {
    if (state === 'loading' || state === 'paging') reloadWanted = true;
    else void load();
  };

  const unwatch = source.watch(chart, receive);
  const unsubscribe = source.onRevised(chart.instrument, reload);
  void load();

  return {
    older() {
      if (state === 'following' && series.more && series.bars.length < MOST_KEPT) void page();
    },
    reload,
    stop() {
      stopped = true;
      unwatch();
      unsubscribe();
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The bars could not be loaded. Try again.';
}
