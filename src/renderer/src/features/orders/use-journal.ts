import { useEffect, useState } from 'react';
import type { JournalEntry } from '../../../../contract/orders.ts';
import { attempt } from '../../live/engine.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { fillCount, useOrderStore } from '../../stores/order-store.ts';

const LIMIT = 1_000;

/** Trades from entry to exit, the newest first: asked anew with each fill. Undefined until they are there. */
export function useJournal(): readonly JournalEntry[] | undefined {
  const fills = useOrderStore(fillCount);
  const generation = useFeedStore((state) => state.generation);
  const [entries, setEntries] = useState<readonly JournalEntry[]>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another fill, or another world, is another journal.
  useEffect(() => {
    let isWanted = true;
    void attempt('orders.journal', { limit: LIMIT }).then((answer) => {
      if (isWanted && answer !== undefined) setEntries(answer);
    });
    return () => {
      isWanted = false;
    };
  }, [fills, generation]);
  return entries;
}
