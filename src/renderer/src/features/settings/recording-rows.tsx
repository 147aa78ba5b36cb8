import type { ReactElement } from 'react';
import type { Settings, SettingsPatch } from '../../../../contract/settings.ts';
import { SwitchRow } from '../../ui/form-row.tsx';

interface RecordingRowsProps {
  readonly recording: Settings['recording'];
  readonly save: (patch: SettingsPatch) => Promise<boolean>;
}

/** What is kept beyond the bars, and what it costs. */
export function RecordingRows({ recording, save }: RecordingRowsProps): ReactElement {
  return (
    <>
      <SwitchRow
        label="Every tick"
        hint="About 60 MB a day for fifty instruments."
        checked={recording.ticks}
        onChange={(ticks) => void save({ recording: { ticks } })}
      />
      <SwitchRow
        label="1-second bars"
        hint="Finer than any chart here, for replays and studies. About 50 MB a day for fifty instruments."
        checked={recording.seconds}
        onChange={(seconds) => void save({ recording: { seconds } })}
      />
      <SwitchRow
        label="Order books"
        hint="The book of each tick, where the venue sends one. About 300 MB a day for fifty instruments."
        checked={recording.books}
        onChange={(books) => void save({ recording: { books } })}
      />
    </>
  );
}
