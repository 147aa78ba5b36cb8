import { Slider } from '@base-ui/react/slider';
import { type ReactElement, useEffect, useState } from 'react';
import type { Settings } from '../../../../contract/settings.ts';
import { attempt } from '../../live/engine.ts';
import { FormRow, SwitchRow } from '../../ui/form-row.tsx';
import { SectionFrame } from './section-frame.tsx';
import { useSave } from './use-save.ts';

/** How a signal reaches a person. */
export function AlertsSection({ settings: { alerts } }: { readonly settings: Settings }): ReactElement {
  const { problem, save } = useSave();
  const [volume, setVolume] = useState(alerts.volume);
  useEffect(() => setVolume(alerts.volume), [alerts.volume]);
  return (
    <SectionFrame title="Alerts" problem={problem}>
      <SwitchRow
        label="Desktop notification"
        hint="Shown by the system, also when this window is behind others."
        checked={alerts.desktop}
        onChange={(desktop) => void save({ alerts: { desktop } })}
      />
      <SwitchRow
        label="Sound"
        hint="A rising pair of notes for a buy, a falling one for a sell."
        checked={alerts.sound}
        onChange={(sound) => void save({ alerts: { sound } })}
      />
      <FormRow label="Volume">
        {() => (
          <Slider.Root
            aria-label="Volume"
            className="slider"
            min={0}
            max={100}
            step={5}
            disabled={!alerts.sound}
            value={Math.round(volume * 100)}
            onValueChange={(percent) => setVolume(percent / 100)}
            onValueCommitted={(percent) => void save({ alerts: { volume: percent / 100 } })}
          >
            <Slider.Control className="slider-control">
              <Slider.Track className="slider-track">
                <Slider.Indicator className="slider-fill" />
                <Slider.Thumb className="slider-thumb" aria-label="Volume" />
              </Slider.Track>
            </Slider.Control>
          </Slider.Root>
        )}
      </FormRow>
      <FormRow label="Try it" hint="Sends a sample alert through everything that is switched on.">
        {(ids) => (
          <button
            {...ids}
            type="button"
            className="button"
            aria-label="Test the alerts"
            onClick={() => void attempt('alerts.test', null)}
          >
            Test
          </button>
        )}
      </FormRow>
    </SectionFrame>
  );
}
