import type { ReactElement } from 'react';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { emptyWords, ruleSentence } from './alert-words.ts';

/** An empty list that says what was looked for, and when. */
export function EmptyAlerts(): ReactElement | null {
  const scan = useFeedStore((state) => state.scan);
  const rule = useSettingsStore(({ settings }) => settings?.rule);
  const update = useSettingsStore((state) => state.update);
  if (rule === undefined) return null;
  return (
    <div className="empty alert-empty">
      <h3>No alerts yet</h3>
      <p>{emptyWords(scan, rule)}</p>
      {rule.enabled ? (
        <p>An alert comes when {ruleSentence(rule, 'buy')}, or the other way round for a sell.</p>
      ) : (
        <button type="button" className="button" onClick={() => void update({ rule: { enabled: true } })}>
          Turn the scan on
        </button>
      )}
    </div>
  );
}
