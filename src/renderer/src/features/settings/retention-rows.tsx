import { type ReactElement, useState } from 'react';
import type { Settings, SettingsPatch } from '../../../../contract/settings.ts';
import { NumberRow } from '../../ui/number-row.tsx';
import { KEEP_KINDS } from './keep-kinds.ts';

interface RetentionRowsProps {
  readonly storage: Settings['storage'];
  readonly save: (patch: SettingsPatch) => Promise<boolean>;
}

const MB_PER_GB = 1_000;

/** How long each kind is kept, and how large the database may grow. */
export function RetentionRows({ storage: { keepDays, budgetMb }, save }: RetentionRowsProps): ReactElement {
  return (
    <>
      <p className="settings-lead">Bars of days, weeks and months, alerts and signals are kept for ever.</p>
      {KEEP_KINDS.map(({ kind, label, usual }) => (
        <KeepRow
          key={kind}
          label={label}
          days={keepDays[kind]}
          usual={usual}
          onSave={(days) => save({ storage: { keepDays: { [kind]: days } } })}
        />
      ))}
      <NumberRow
        label="Size budget"
        hint="When the database outgrows it, the oldest of the finest data goes first."
        unit="GB"
        min={0.1}
        max={1_000}
        step={0.1}
        value={budgetMb / MB_PER_GB}
        onSave={(gigabytes) => save({ storage: { budgetMb: Math.round(gigabytes * MB_PER_GB) } })}
      />
    </>
  );
}

interface KeepRowProps {
  readonly label: string;
  /** Null is for ever. */
  readonly days: number | null;
  readonly usual: number;
  readonly onSave: (days: number | null) => Promise<boolean>;
}

function KeepRow({ label, days, usual, onSave }: KeepRowProps): ReactElement {
  const [before, setBefore] = useState(days ?? usual);
  const keepForEver = (forEver: boolean): void => {
    if (days !== null) setBefore(days);
    void onSave(forEver ? null : before);
  };
  return (
    <NumberRow
      label={label}
      unit="days"
      min={1}
      max={36_500}
      value={days ?? undefined}
      onSave={onSave}
      extra={
        <label className="check">
          <input
            type="checkbox"
            aria-label={`Keep ${label} for ever`}
            checked={days === null}
            onChange={({ target }) => keepForEver(target.checked)}
          />
          for ever
        </label>
      }
    />
  );
}
