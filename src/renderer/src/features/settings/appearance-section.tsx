import type { ReactElement } from 'react';
import type { Settings } from '../../../../contract/settings.ts';
import { FormRow, SwitchRow } from '../../ui/form-row.tsx';
import { Segments } from '../../ui/segments.tsx';
import { SectionFrame } from './section-frame.tsx';
import { useSave } from './use-save.ts';

export function AppearanceSection({ settings: { appearance } }: { readonly settings: Settings }): ReactElement {
  const { problem, save } = useSave();
  return (
    <SectionFrame title="Appearance" problem={problem}>
      <FormRow label="Theme">
        {() => (
          <Segments
            label="Theme"
            value={appearance.theme}
            options={[
              { value: 'dark', label: 'Dark' },
              { value: 'light', label: 'Light' },
              { value: 'system', label: 'System' },
            ]}
            onChange={(theme) => void save({ appearance: { theme } })}
          />
        )}
      </FormRow>
      <SwitchRow
        label="Colours for colour blindness"
        hint="Blue and orange in place of teal and red."
        checked={appearance.colourBlind}
        onChange={(colourBlind) => void save({ appearance: { colourBlind } })}
      />
    </SectionFrame>
  );
}
