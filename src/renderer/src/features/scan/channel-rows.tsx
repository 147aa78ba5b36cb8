import { Slider } from '@base-ui/react/slider';
import type { ReactElement } from 'react';
import type { RuleChannels } from '../../../../core/rule.ts';
import { openSettings } from '../../stores/ui-store.ts';
import { FormRow, SwitchRow } from '../../ui/form-row.tsx';

interface ChannelRowsProps {
  readonly channels: RuleChannels;
  readonly onChange: (channels: RuleChannels) => void;
}

const ROWS = [
  ['desktop', 'Desktop notification', 'Shown by the system, also when this window is behind others.'],
  ['sound', 'Sound', 'A rising pair of notes for a buy, a falling one for a sell.'],
  ['spoken', 'Spoken', 'Says the symbol and the side, after the sound.'],
  ['webhook', 'Webhook', 'Sent to the address in the settings.'],
  ['telegram', 'Telegram', 'Sent to the chat in the settings.'],
] as const;

/** Where a rule’s alerts go, beside the list. */
export function ChannelRows({ channels, onChange }: ChannelRowsProps): ReactElement {
  const { volume } = channels;
  return (
    <>
      <p className="settings-lead">
        Every alert is listed. What else happens with it must also be on in{' '}
        <button type="button" className="link-button" onClick={() => openSettings('alerts')}>
          Settings → Alerts
        </button>
        .
      </p>
      {ROWS.map(([name, label, hint]) => (
        <SwitchRow
          key={name}
          label={label}
          hint={hint}
          checked={channels[name]}
          onChange={(on) => onChange({ ...channels, [name]: on })}
        />
      ))}
      <SwitchRow
        label="Its own volume"
        hint="Otherwise it is as loud as the settings say."
        checked={volume !== null}
        onChange={(own) => onChange({ ...channels, volume: own ? 0.6 : null })}
      />
      {volume === null ? null : (
        <FormRow label="Volume">
          {() => (
            <Slider.Root
              aria-label="Volume"
              className="slider"
              min={0}
              max={100}
              step={5}
              disabled={!channels.sound && !channels.spoken}
              value={Math.round(volume * 100)}
              onValueChange={(percent) => onChange({ ...channels, volume: percent / 100 })}
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
      )}
    </>
  );
}
