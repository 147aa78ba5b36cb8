import { Switch } from '@base-ui/react/switch';
import type { ReactElement } from 'react';
import { formatCount } from '../../format/quantity.ts';
import { formatBarTime, formatClock } from '../../format/time.ts';
import { timeframeName } from '../../format/timeframe.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { indexCount, useSettingsStore } from '../../stores/settings-store.ts';
import { openSettings } from '../../stores/ui-store.ts';
import { ruleSentence, symbolCount, withheldWords } from './alert-words.ts';
import { Facts } from './facts.tsx';

/** What is scanned for, on what, and what came of it last. */
export function ScanTab(): ReactElement | null {
  const rule = useSettingsStore(({ settings }) => settings?.rule);
  const update = useSettingsStore((state) => state.update);
  const scan = useFeedStore((state) => state.scan);
  const progress = useFeedStore((state) => state.progress);
  const indices = useSettingsStore(indexCount);
  if (rule === undefined) return null;
  const withheld = withheldWords(scan);
  const frame = timeframeName(rule.timeframe);
  return (
    <div className="side-page">
      <header className="scan-head">
        <h3>EMA cross</h3>
        <Switch.Root
          className="switch"
          aria-label="Scan"
          checked={rule.enabled}
          onCheckedChange={(enabled) => void update({ rule: { enabled } })}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </header>
      <ul className="scan-rule">
        <li>
          <span className="badge" data-side="buy">
            BUY
          </span>
          {ruleSentence(rule, 'buy')}
        </li>
        <li>
          <span className="badge" data-side="sell">
            SELL
          </span>
          {ruleSentence(rule, 'sell')}
        </li>
      </ul>
      <Facts
        rows={[
          ['Bars', `${frame}, closed`],
          ['Forming bars', rule.forming ? 'shown hollow, may vanish' : 'not looked at'],
          ['Last bar', scan?.lastBarTime === undefined ? 'none yet' : formatBarTime(scan.lastBarTime, rule.timeframe)],
          ['Judged at', scan?.judgedAt === undefined ? '–' : formatClock(scan.judgedAt)],
          ['Looked at', symbolCount(scan?.instruments, indices)],
          ['Fired', formatCount(scan?.fired)],
          ['Unknown', formatCount(scan?.unknown)],
          ['Withheld', formatCount(scan?.withheld)],
        ]}
      />
      {progress?.task === 'warm-up' ? (
        <p className="side-hint">
          Warming up: {formatCount(progress.done)} of {formatCount(progress.total)} symbols have their history.
        </p>
      ) : null}
      {(scan?.unknown ?? 0) > 0 ? (
        <p className="side-hint">
          Unknown symbols are still warming up, or have not moved. They cannot fire until the rule knows all its values.
        </p>
      ) : null}
      {withheld === undefined ? null : (
        <p className="side-hint">
          {withheld}. Their newest bars are not whole yet; their signals come, or do not, once history has told them.
        </p>
      )}
      <button type="button" className="button" onClick={() => openSettings('scan')}>
        Change the rule
      </button>
    </div>
  );
}
