import { type CSSProperties, type ReactElement, useState } from 'react';
import type { Mode } from '../../../../contract/settings.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import { attempt } from '../../live/engine.ts';
import { marketNow } from '../../live/market-clock.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { brokerOf, useSettingsStore } from '../../stores/settings-store.ts';
import { modeCost } from './mode-cost.ts';
import { ModeNote } from './mode-note.tsx';
import { type ModeSegment, ModeSegments } from './mode-segments.tsx';
import { autoWords, holdOf, MODE_NAMES, modeProblem, shortAutoWords } from './mode-words.ts';
import './mode.css';

const TASK = { 'warm-up': 'Warming up', poll: 'Scanning', history: 'Loading history' } as const;
const MODES = ['streaming', 'polling', 'auto'] as const;

/** Streaming, polling, or one after the other; what it costs, and how far the scan or the warm-up under way has come. */
export function ModeToggle(): ReactElement | null {
  const settings = useSettingsStore((state) => state.settings?.feed);
  const instruments = useSettingsStore((state) => state.instruments.length);
  const update = useSettingsStore((state) => state.update);
  const feed = useFeedStore((state) => state.feed);
  const manifest = useSettingsStore((state) => brokerOf(state, feed?.source)?.manifest);
  const progress = useFeedStore((state) => state.progress);
  const [note, setNote] = useState(0);
  if (settings === undefined) return null;

  const isAuto = settings.mode === 'auto';
  const now = marketNow() ?? (Date.now() as EpochMs);
  const cost = (mode: 'streaming' | 'polling'): string =>
    modeCost(mode, settings.pollSeconds, instruments, manifest?.limits);
  const auto = isAuto && feed !== undefined ? autoWords(feed, now) : undefined;
  // Beside the switch, which must not move when what runs does.
  const caption = settings.mode === 'auto' ? feed && shortAutoWords(feed, now) : cost(settings.mode);
  const hints: Readonly<Record<Mode, string>> = {
    streaming: 'Every trade as it happens',
    polling: cost('polling'),
    auto: auto === undefined ? 'By the hours of the schedule in Settings' : `By the schedule: ${auto}`,
  };
  const segments = MODES.map((mode): ModeSegment => {
    const problem = modeProblem(mode, manifest);
    const runs = isAuto && feed?.mode === mode;
    return {
      mode,
      label: MODE_NAMES[mode],
      detail: mode === 'auto' && isAuto ? caption : undefined,
      hint: problem ?? hints[mode],
      isDisabled: problem !== undefined,
      isChosen: settings.mode === mode,
      runs: !runs ? undefined : feed.isHeld ? 'held' : 'running',
    };
  });
  const choose = async (mode: Mode): Promise<void> => {
    if (!isAuto || feed === undefined) {
      if (mode !== settings.mode) await update({ feed: { mode } });
      return;
    }
    const hold = mode === 'auto' ? null : holdOf(mode, feed);
    if (hold !== undefined && (hold !== null || feed.isHeld)) await attempt('mode.hold', { mode: hold });
    setNote((count) => count + 1);
  };

  return (
    <div className="mode">
      <span className="mode-cost">
        {progress === undefined ? caption : `${TASK[progress.task]} ${progress.done} / ${progress.total}`}
      </span>
      <div className="mode-switch">
        <ModeSegments segments={segments} onChoose={(mode) => void choose(mode)} />
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
        {isAuto && feed !== undefined && note > 0 ? (
          <ModeNote key={note} feed={feed} now={now} onClose={() => setNote(0)} />
        ) : null}
      </div>
    </div>
  );
}
