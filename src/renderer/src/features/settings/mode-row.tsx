import type { ReactElement } from 'react';
import type { BrokerManifest } from '../../../../contract/manifest.ts';
import type { Mode, SettingsPatch } from '../../../../contract/settings.ts';
import { FormRow } from '../../ui/form-row.tsx';
import { Segments } from '../../ui/segments.tsx';
import { MODE_NAMES, modeProblem } from '../top-bar/mode-words.ts';

const MODES = ['streaming', 'polling', 'auto'] as const;
const HINTS: Readonly<Record<Mode, string>> = {
  streaming: 'Every trade as it happens.',
  polling: 'A look at all prices now and then: fewer requests, coarser bars.',
  auto: 'By the schedule of the feed in use.',
};

interface ModeRowProps {
  readonly mode: Mode;
  /** Of the feed in use. */
  readonly manifest: BrokerManifest | undefined;
  readonly save: (patch: SettingsPatch) => Promise<boolean>;
}

/** The mode for good; in the top bar a click in Auto only holds one until the schedule's next change. */
export function ModeRow({ mode, manifest, save }: ModeRowProps): ReactElement {
  const problems = MODES.map((one) => modeProblem(one, manifest)).filter((problem) => problem !== undefined);
  return (
    <FormRow label="Mode" hint={[HINTS[mode], ...problems].join(' ')}>
      {() => (
        <Segments
          label="Mode"
          value={mode}
          options={MODES.map((one) => ({
            value: one,
            label: MODE_NAMES[one],
            disabled: modeProblem(one, manifest) !== undefined,
          }))}
          onChange={(next) => void save({ feed: { mode: next } })}
        />
      )}
    </FormRow>
  );
}
