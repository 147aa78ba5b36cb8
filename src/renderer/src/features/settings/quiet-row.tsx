import { type ReactElement, useState } from 'react';
import type { Settings } from '../../../../contract/settings.ts';
import { FormRow, SwitchRow } from '../../ui/form-row.tsx';
import { TimeInput } from '../../ui/time-input.tsx';
import { type QuietHours, quietWords, withQuietTime } from './quiet-hours.ts';

interface QuietRowProps {
  readonly quiet: Settings['alerts']['quiet'];
  readonly save: (quiet: QuietHours | null) => Promise<boolean>;
}

const USUAL: QuietHours = { from: '22:00', to: '07:00' };

/** Hours in which nothing rings. */
export function QuietRow({ quiet, save }: QuietRowProps): ReactElement {
  const [problem, setProblem] = useState<string>();
  const change = (which: keyof QuietHours, text: string): void => {
    if (quiet === null) return;
    const next = withQuietTime(quiet, which, text);
    setProblem('problem' in next ? next.problem : undefined);
    if ('hours' in next) void save(next.hours);
  };
  return (
    <>
      <SwitchRow
        label="Quiet hours"
        hint="Desktop, sound and Telegram keep quiet. The list and the webhook go on."
        checked={quiet !== null}
        onChange={(on) => {
          setProblem(undefined);
          void save(on ? USUAL : null);
        }}
      />
      {quiet === null ? null : (
        <FormRow label="From and to" hint={quietWords(quiet)} problem={problem}>
          {() => (
            <span className="quiet-times">
              <TimeInput label="Quiet from" value={quiet.from} onSave={(text) => change('from', text)} />
              <span>to</span>
              <TimeInput label="Quiet to" value={quiet.to} onSave={(text) => change('to', text)} />
            </span>
          )}
        </FormRow>
      )}
    </>
  );
}
