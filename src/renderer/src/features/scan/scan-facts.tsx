import type { ReactElement } from 'react';
import { formatCount } from '../../format/quantity.ts';
import { formatBarTime, formatClock } from '../../format/time.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { enabledCount, useRuleStore } from '../../stores/rule-store.ts';
import { indexCount, useSettingsStore } from '../../stores/settings-store.ts';
import { symbolCount, withheldWords } from '../alerts/alert-words.ts';
import { Facts } from '../alerts/facts.tsx';

/** What came of the last bar that was judged, and why some symbols were not. */
export function ScanFacts(): ReactElement {
  const scan = useFeedStore((state) => state.scan);
  const progress = useFeedStore((state) => state.progress);
  const indices = useSettingsStore(indexCount);
  const isOff = useRuleStore((book) => enabledCount(book) === 0);
  const withheld = withheldWords(scan);
  return (
    <>
      <Facts
        rows={[
          ['Last bar', scan?.lastBarTime === undefined ? 'none yet' : formatBarTime(scan.lastBarTime, '1m')],
          ['Judged at', scan?.judgedAt === undefined ? '–' : formatClock(scan.judgedAt)],
          ['Looked at', symbolCount(scan?.instruments, indices)],
          ['Fired', formatCount(scan?.fired)],
          ['Unknown', formatCount(scan?.unknown)],
          ['Withheld', formatCount(scan?.withheld)],
        ]}
      />
      {isOff ? <p className="side-hint">All rules are off, so nothing will be found. Switch one on.</p> : null}
      {progress?.task === 'warm-up' ? (
        <p className="side-hint">
          Warming up: {formatCount(progress.done)} of {formatCount(progress.total)} symbols have their history.
        </p>
      ) : null}
      {(scan?.unknown ?? 0) > 0 ? (
        <p className="side-hint">
          Unknown symbols are still warming up, or have not moved. They cannot fire until a rule knows all its values.
        </p>
      ) : null}
      {withheld === undefined ? null : (
        <p className="side-hint">
          {withheld}. Their newest bars are not whole yet; their signals come, or do not, once history has told them.
        </p>
      )}
    </>
  );
}
