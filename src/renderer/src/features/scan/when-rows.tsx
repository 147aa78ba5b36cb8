import type { ReactElement } from 'react';
import type { TradingDate } from '../../../../core/brand.ts';
import type { ActiveHours, Rule } from '../../../../core/rule.ts';
import { SCAN_LIMITS } from '../../../../core/scanner/limits.ts';
import { editDraft } from '../../stores/rule-desk.ts';
import { FormRow, SwitchRow } from '../../ui/form-row.tsx';
import { NumberRow } from '../../ui/number-row.tsx';
import { RearmRows } from './rearm-rows.tsx';

const WHOLE_SESSION: ActiveHours = { from: '09:15', to: '15:30' };

/** When a rule looks, and how long it keeps quiet after it has fired. */
export function WhenRows({ draft }: { readonly draft: Rule }): ReactElement {
  const { forming, cooldownMinutes, onlyNew, activeHours, expiresOn } = draft;
  return (
    <>
      <SwitchRow
        label="Forming bars too"
        hint="Also looks at bars that have not closed. Such signals are drawn hollow and may vanish."
        checked={forming}
        onChange={(next) => editDraft({ forming: next })}
      />
      <RearmRows draft={draft} most={SCAN_LIMITS.reach} />
      <NumberRow
        label="Cooldown"
        hint="A symbol that fired is not told again for so long, at the longest until the day ends. 0 is none."
        unit="min"
        min={0}
        max={1_440}
        value={cooldownMinutes}
        onSave={async (minutes) => {
          editDraft({ cooldownMinutes: minutes });
          return true;
        }}
      />
      <SwitchRow
        label="Only new entrants"
        hint="Tells each symbol once a day at the most."
        checked={onlyNew}
        onChange={(next) => editDraft({ onlyNew: next })}
      />
      <SwitchRow
        label="Only at some hours"
        hint="By the market’s clock; a bar counts by its close."
        checked={activeHours !== null}
        onChange={(on) => editDraft({ activeHours: on ? WHOLE_SESSION : null })}
      />
      {activeHours === null ? null : (
        <div className="hours">
          <Hour label="From" value={activeHours.from} onChange={(from) => edit({ ...activeHours, from })} />
          <Hour label="Until" value={activeHours.to} onChange={(to) => edit({ ...activeHours, to })} />
        </div>
      )}
      <FormRow label="Ends" hint="The last day on which it looks; empty is never.">
        {(ids) => (
          <input
            {...ids}
            type="date"
            className="text-input"
            value={expiresOn ?? ''}
            onChange={({ target }) =>
              // What a date input gives is a date, or nothing.
              editDraft({ expiresOn: target.value === '' ? null : (target.value as TradingDate) })
            }
          />
        )}
      </FormRow>
    </>
  );
}

function edit(activeHours: ActiveHours): void {
  editDraft({ activeHours });
}

interface HourProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Hour({ label, value, onChange }: HourProps): ReactElement {
  return (
    <label>
      {label}
      <input
        type="time"
        className="text-input"
        value={value}
        onChange={({ target }) => {
          if (target.value !== '') onChange(target.value);
        }}
      />
    </label>
  );
}
