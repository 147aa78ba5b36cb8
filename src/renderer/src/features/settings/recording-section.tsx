import type { ReactElement } from 'react';
import type { Settings } from '../../../../contract/settings.ts';
import { formatBytes } from '../../format/quantity.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { SwitchRow } from '../../ui/form-row.tsx';
import { SectionFrame } from './section-frame.tsx';
import { useSave } from './use-save.ts';

/** What is kept beyond the bars, and what it costs. */
export function RecordingSection({ settings: { recording } }: { readonly settings: Settings }): ReactElement {
  const { problem, save } = useSave();
  const size = useFeedStore((state) => state.stats?.databaseBytes);
  return (
    <SectionFrame title="Recording" problem={problem}>
      <p className="settings-lead">
        Bars from five seconds up are always kept. The database now holds {formatBytes(size)}.
      </p>
      <SwitchRow
        label="Every tick"
        hint="About 60 MB a day for fifty instruments."
        checked={recording.ticks}
        onChange={(ticks) => void save({ recording: { ticks } })}
      />
      <SwitchRow
        label="1-second bars"
        hint="Finer than any chart here, for replays and studies."
        checked={recording.seconds}
        onChange={(seconds) => void save({ recording: { seconds } })}
      />
    </SectionFrame>
  );
}
