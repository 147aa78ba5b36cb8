import { type ReactElement, useEffect, useState } from 'react';
import type { FeedSettings, SettingsPatch } from '../../../../contract/settings.ts';
import { FormRow } from '../../ui/form-row.tsx';
import { NumberRow } from '../../ui/number-row.tsx';
import { parseFileList } from './parse-file-list.ts';

interface ReplayFormProps {
  readonly replay: FeedSettings['replay'];
  readonly save: (patch: SettingsPatch) => Promise<boolean>;
}

/** Which recorded files to play, and how fast. */
export function ReplayForm({ replay, save }: ReplayFormProps): ReactElement {
  const stored = replay.files.join('\n');
  const [text, setText] = useState(stored);
  useEffect(() => setText(stored), [stored]);
  const commit = (): void => {
    const files = parseFileList(text);
    if (files.join('\n') !== stored) void save({ feed: { replay: { files: [...files] } } });
  };
  return (
    <>
      <FormRow
        label="Files"
        wide
        hint="CSV files of bars, seconds or ticks, one full path a line. The symbol is the file’s name up to the first _ or dot."
      >
        {(ids) => (
          <textarea
            {...ids}
            className="text-input"
            rows={4}
            spellCheck={false}
            placeholder="/home/me/market/RELIANCE_1m.csv"
            value={text}
            onChange={({ target }) => setText(target.value)}
            onBlur={commit}
          />
        )}
      </FormRow>
      <NumberRow
        label="Speed"
        hint="Market seconds in a second of yours; 0 is as fast as it goes."
        unit="×"
        min={0}
        max={1_000}
        value={replay.speed}
        onSave={(speed) => save({ feed: { replay: { speed } } })}
      />
    </>
  );
}
