import { type ReactElement, useEffect, useState } from 'react';
import { formatCount } from '../../format/quantity.ts';
import { attempt } from '../../live/engine.ts';
import { useAlertStore } from '../../stores/alert-store.ts';
import { openOutcomes } from '../../stores/outcome-desk.ts';

/** How long a second click counts as "yes". */
const SURE_MS = 4_000;

/** Marking read and clearing happen by hand only. Clearing asks once more: there is no way back. */
export function ListTools(): ReactElement | null {
  const count = useAlertStore(({ alerts }) => alerts.length);
  const unread = useAlertStore((state) => state.unread);
  const [sure, setSure] = useState(false);
  useEffect(() => {
    if (!sure) return undefined;
    const timer = setTimeout(() => setSure(false), SURE_MS);
    return () => clearTimeout(timer);
  }, [sure]);
  if (count === 0) return null;

  const clear = (): void => {
    setSure(!sure);
    if (sure) void attempt('alerts.clear', null);
  };
  return (
    <div className="alert-tools">
      <span>{unread === 0 ? `${formatCount(count)} read` : `${formatCount(unread)} unread`}</span>
      <button type="button" onClick={() => openOutcomes()}>
        Outcomes
      </button>
      <button type="button" disabled={unread === 0} onClick={() => void attempt('alerts.markRead', null)}>
        Mark read
      </button>
      <button type="button" data-sure={sure || undefined} onClick={clear}>
        {sure ? `Clear all ${formatCount(count)}?` : 'Clear'}
      </button>
    </div>
  );
}
