import { createStore, type StoreApi } from 'zustand/vanilla';
import type { InstrumentKey } from '../../../core/brand.ts';
import type { Quote } from '../../../core/quote.ts';
import { type NextFrame, paintedFrame } from './painted-frame.ts';

type QuoteMap = ReadonlyMap<InstrumentKey, Quote>;

export interface QuoteStore {
  readonly store: StoreApi<{ readonly quotes: QuoteMap }>;
  receive(quotes: readonly Quote[]): void;
  /**
   * Calls back at most once a frame, and only when this instrument's quote changed. Undefined: its price is no longer
   * known.
   */
  watch(instrument: InstrumentKey, onQuote: (quote: Quote | undefined) => void): () => void;
  /** Forgets every price and starts from these. Watchers hear at once of theirs, or that it is gone. */
  replace(quotes: readonly Quote[]): void;
}

/**
 * Live prices, kept outside React's render cycle.
 *
 * Batches land in `pending`, where a newer quote overwrites an older one, and reach the store
 * once per painted frame. A hidden window paints no frames; `pending` then still holds no more
 * than one quote per instrument, so the app can sleep all day behind another window.
 */
export function createQuoteStore(nextFrame: NextFrame = paintedFrame): QuoteStore {
  const store = createStore<{ readonly quotes: QuoteMap }>()(() => ({ quotes: new Map() }));
  const watchers = new Map<InstrumentKey, Set<(quote: Quote | undefined) => void>>();
  const pending = new Map<InstrumentKey, Quote>();

  const publish = (quotes: QuoteMap, changed: Iterable<Quote>): void => {
    store.setState({ quotes });
    for (const quote of changed) for (const onQuote of watchers.get(quote.instrument) ?? []) onQuote(quote);
  };
  const flush = (): void => {
    const changed = [...pending.values()];
    pending.clear();
    if (changed.length === 0) return;
    const quotes = new Map(store.getState().quotes);
    for (const quote of changed) quotes.set(quote.instrument, quote);
    publish(quotes, changed);
  };

  return {
    store,
    receive(quotes) {
      if (quotes.length > 0 && pending.size === 0) nextFrame(flush);
      for (const quote of quotes) pending.set(quote.instrument, quote);
    },
    watch(instrument, onQuote) {
      const set = watchers.get(instrument) ?? new Set();
      watchers.set(instrument, set.add(onQuote));
      const current = store.getState().quotes.get(instrument);
      if (current !== undefined) onQuote(current);
      return () => {
        set.delete(onQuote);
      };
    },
    replace(quotes) {
      pending.clear();
      const before = store.getState().quotes;
      const next = new Map(quotes.map((quote) => [quote.instrument, quote]));
      publish(next, quotes);
      for (const gone of before.keys())
        if (!next.has(gone)) for (const onQuote of watchers.get(gone) ?? []) onQuote(undefined);
    },
  };
}
