import type { ReactElement } from 'react';
import type { Distance, PaperPlan } from '../../../../core/rule.ts';
import { SwitchRow } from '../../ui/form-row.tsx';
import { NumberRow } from '../../ui/number-row.tsx';
import { Segments } from '../../ui/segments.tsx';

interface PaperRowsProps {
  readonly plan: PaperPlan | null;
  readonly onChange: (plan: PaperPlan | null) => void;
}

const OFF: PaperPlan = { enabled: false, quantity: 1, stop: null, target: null };

/** What a confirmed signal buys or sells on paper. Off unless somebody switches it on. */
export function PaperRows({ plan, onChange }: PaperRowsProps): ReactElement {
  const { enabled, quantity, stop, target } = plan ?? OFF;
  const edit = (changes: Partial<PaperPlan>): void => onChange({ ...(plan ?? OFF), ...changes });
  return (
    <>
      <SwitchRow
        label="Paper orders"
        hint="A signal of a closed bar places an order on paper. No money moves; the Orders tab shows what came of it."
        checked={enabled}
        onChange={(on) => edit({ enabled: on })}
      />
      {enabled ? (
        <>
          <NumberRow
            label="Quantity"
            hint="Shares or lots, as the symbol trades."
            min={0.0001}
            max={1_000_000}
            step={0.0001}
            value={quantity}
            onSave={async (next) => {
              edit({ quantity: next });
              return true;
            }}
          />
          <DistanceRows label="Stop" distance={stop} onChange={(next) => edit({ stop: next })} />
          <DistanceRows label="Target" distance={target} onChange={(next) => edit({ target: next })} />
        </>
      ) : null}
    </>
  );
}

interface DistanceRowsProps {
  readonly label: string;
  readonly distance: Distance | null;
  readonly onChange: (distance: Distance | null) => void;
}

const KINDS = [
  { value: 'none', label: 'None' },
  { value: 'percent', label: 'Percent' },
  { value: 'atr', label: 'ATR' },
] as const;
const FIRST: Readonly<Record<(typeof KINDS)[number]['value'], Distance | null>> = {
  none: null,
  percent: { kind: 'percent', percent: 1 },
  atr: { kind: 'atr', multiple: 2 },
};

function DistanceRows({ label, distance, onChange }: DistanceRowsProps): ReactElement {
  return (
    <>
      <div className="form-row">
        <div>
          <b>{label}</b>
          <p>How far from the entry, in percent or in average true ranges of 14 bars.</p>
        </div>
        <Segments
          label={label}
          value={distance?.kind ?? 'none'}
          options={KINDS}
          onChange={(kind) => onChange(FIRST[kind])}
        />
      </div>
      {distance === null ? null : (
        <NumberRow
          label={`${label} at`}
          unit={distance.kind === 'percent' ? '%' : 'ATR'}
          min={0.01}
          max={distance.kind === 'percent' ? 50 : 20}
          step={0.01}
          value={distance.kind === 'percent' ? distance.percent : distance.multiple}
          onSave={async (value) => {
            onChange(
              distance.kind === 'percent' ? { kind: 'percent', percent: value } : { kind: 'atr', multiple: value },
            );
            return true;
          }}
        />
      )}
    </>
  );
}
