import type { ReactElement } from 'react';
import type { Settings } from '../../../../contract/settings.ts';
import { attempt } from '../../live/engine.ts';
import { FormRow, SwitchRow } from '../../ui/form-row.tsx';
import { NumberRow } from '../../ui/number-row.tsx';
import { ChannelList } from './channel-list.tsx';
import { QuietRow } from './quiet-row.tsx';
import { SectionFrame } from './section-frame.tsx';
import { useSave } from './use-save.ts';
import { VolumeRow } from './volume-row.tsx';

/** How a signal reaches a person. Which ways an alert takes its rule says. */
export function AlertsSection({ settings: { alerts } }: { readonly settings: Settings }): ReactElement {
  const { problem, save } = useSave();
  return (
    <SectionFrame title="Alerts" problem={problem}>
      <SwitchRow
        label="Desktop notification"
        hint="Shown by the system, also when this window is behind others."
        checked={alerts.desktop}
        onChange={(desktop) => void save({ alerts: { desktop } })}
      />
      <SwitchRow
        label="Sound and voice"
        hint="A rising pair of notes for a buy, a falling one for a sell; rules may have the symbol spoken."
        checked={alerts.sound}
        onChange={(sound) => void save({ alerts: { sound } })}
      />
      <VolumeRow volume={alerts.volume} disabled={!alerts.sound} save={(volume) => save({ alerts: { volume } })} />
      <FormRow label="Try it" hint="Sends a sample alert through everything that is set up.">
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
      <h4>When there are many, and when nobody is up</h4>
      <NumberRow
        label="Digest above"
        hint="So many within a minute come one by one on each channel, the rest as one message."
        unit="a minute"
        min={1}
        max={100}
        value={alerts.digestAbove}
        onSave={(digestAbove) => save({ alerts: { digestAbove } })}
      />
      <QuietRow quiet={alerts.quiet} save={(quiet) => save({ alerts: { quiet } })} />
      <h4>Channels</h4>
      <ChannelList />
    </SectionFrame>
  );
}
