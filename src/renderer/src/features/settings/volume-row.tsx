import { Slider } from '@base-ui/react/slider';
import { type ReactElement, useEffect, useState } from 'react';
import { playFile } from '../../live/alert-sound.ts';
import { FormRow } from '../../ui/form-row.tsx';

interface VolumeRowProps {
  readonly volume: number;
  readonly disabled: boolean;
  readonly save: (volume: number) => Promise<boolean>;
}

/** How loud alerts are that say nothing of their own; heard when it is set. */
export function VolumeRow({ volume, disabled, save }: VolumeRowProps): ReactElement {
  const [shown, setShown] = useState(volume);
  useEffect(() => setShown(volume), [volume]);
  return (
    <FormRow label="Volume" hint="Of rules that have none of their own.">
      {() => (
        <span className="volume-row">
          <Slider.Root
            aria-label="Volume"
            className="slider"
            min={0}
            max={100}
            step={5}
            disabled={disabled}
            value={Math.round(shown * 100)}
            onValueChange={(percent) => setShown(percent / 100)}
            onValueCommitted={(percent) => void save(percent / 100)}
          >
            <Slider.Control className="slider-control">
              <Slider.Track className="slider-track">
                <Slider.Indicator className="slider-fill" />
                <Slider.Thumb className="slider-thumb" aria-label="Volume" />
              </Slider.Track>
            </Slider.Control>
          </Slider.Root>
          <button
            type="button"
            className="button"
            aria-label="Play the sound"
            disabled={disabled || shown === 0}
            onClick={() => playFile('buy', shown)}
          >
            Play
          </button>
        </span>
      )}
    </FormRow>
  );
}
