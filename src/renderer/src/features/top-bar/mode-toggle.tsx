import type { CSSProperties, ReactElement } from 'react';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { Segments } from '../../ui/segments.tsx';
import { modeCost } from './mode-cost.ts';

const TASK = { 'warm-up': 'Warming up', poll: 'Scanning', history: 'Loading history' } as const;

/** Streaming or polling, what it costs, and how far the scan or the warm-up under way has come. */
export function ModeToggle(): ReactElement | null {
  const feed = useSettingsStore((state) => state.settings?.feed);
  const instruments = useSettingsStore((state) => state.instruments.length);
  const update = useSettingsStore((state) => state.update);
  const progress = useFeedStore((state) => state.progress);
  if (feed === undefined) return null;

  return (
    <div className="mode">
      <span className="mode-cost">
        {progress === undefined
          ? modeCost(feed, instruments)
          : `${TASK[progress.task]} ${progress.done} / ${progress.total}`}
      </span>
      <div className="mode-switch">
        <Segments
          label="Mode"
          value={feed.mode}
          options={[
            { value: 'streaming', label: 'Streaming', hint: 'Every trade as it happens' },
            {
              value: 'polling',
              label: 'Polling',
              hint: modeCost({ ...feed, mode: 'polling' }, instruments),
            },
          ]}
          onChange={(mode) => void update({ feed: { mode } })}
        />
        {progress === undefined ? null : (
          <div
            className="mode-progress"
            role="progressbar"
            aria-label={TASK[progress.task]}
            aria-valuemin={0}
            aria-valuemax={progress.total}
            aria-valuenow={progress.done}
            // A custom property is data for the stylesheet; React's type does not know of them.
            style={{ '--done': progress.done / Math.max(1, progress.total) } as CSSProperties}
          />
        )}
      </div>
    </div>
  );
}
