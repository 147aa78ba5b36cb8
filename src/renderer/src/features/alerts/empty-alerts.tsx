import type { ReactElement } from 'react';
import { showTab } from '../../stores/attention.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { openOutcomes } from '../../stores/outcome-desk.ts';
import { enabledCount, useRuleStore } from '../../stores/rule-store.ts';
import { NearSection } from '../scan/near-section.tsx';
import { emptyWords } from './alert-words.ts';

/** An empty list that says what was looked for, when, and who came nearest. */
export function EmptyAlerts(): ReactElement | null {
  const scan = useFeedStore((state) => state.scan);
  const isOpen = useFeedStore((state) => state.generation > 0);
  const on = useRuleStore(enabledCount);
  if (!isOpen) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="alert-scroll" aria-label="Alert list" tabIndex={0}>
      <div className="empty alert-empty">
        <h3>No alerts yet</h3>
        <p>{emptyWords(scan, on)}</p>
        <p className="alert-empty-acts">
          <button type="button" className="button" onClick={() => showTab('scan')}>
            {on === 0 ? 'Switch a rule on' : 'Show the rules'}
          </button>
          <button type="button" className="button" onClick={() => openOutcomes()}>
            Earlier alerts
          </button>
        </p>
      </div>
      {on === 0 ? null : (
        <div className="alert-near">
          <NearSection />
        </div>
      )}
    </section>
  );
}
