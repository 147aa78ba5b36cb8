import { useEffect, useRef, useState } from 'react';
import { invoke } from '../../live/engine.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { createLedgerLoader, type LedgerLoader, type LedgerView } from './ledger-loader.ts';

type ShownLedger = LedgerView & Pick<LedgerLoader, 'show' | 'step'>;

const NOTHING: LedgerView = { ledger: undefined, newest: undefined, slow: false, problem: undefined };

/** The ledger for as long as somebody looks: the newest session first, and again when another world takes over. */
export function useLedger(): ShownLedger {
  const generation = useFeedStore((state) => state.generation);
  const [view, setView] = useState(NOTHING);
  const loader = useRef<LedgerLoader>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was counted belongs to the world of its generation.
  useEffect(() => {
    setView(NOTHING);
    const mine = createLedgerLoader({ load: (date) => invoke('coverage.load', { date }), show: setView });
    loader.current = mine;
    mine.show(null);
    const unsubscribe = useFeedStore.subscribe((now, before) => {
      if (now.coverageChanges !== before.coverageChanges) mine.changed();
    });
    return () => {
      unsubscribe();
      mine.stop();
      loader.current = undefined;
    };
  }, [generation]);

  return {
    ...view,
    show: (date) => loader.current?.show(date),
    step: (days) => loader.current?.step(days),
  };
}
