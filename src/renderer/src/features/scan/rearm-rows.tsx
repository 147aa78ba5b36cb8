import type { ReactElement } from 'react';
import type { Rearm, Rule } from '../../../../core/rule.ts';
import { editDraft } from '../../stores/rule-desk.ts';
import { NumberRow } from '../../ui/number-row.tsx';
import { Segments } from '../../ui/segments.tsx';
import { ScanField } from './editor/scan-field.tsx';

const KINDS = [
  { value: 'bars', label: 'After bars' },
  { value: 'condition', label: 'On a condition' },
] as const;
const EMPTY: Readonly<Record<Rearm['kind'], Rearm>> = {
  bars: { kind: 'bars', bars: 1 },
  condition: { kind: 'condition', buy: '', sell: '' },
};
const EXAMPLE = { buy: 'rsi(14) < 50', sell: 'rsi(14) > 50' } as const;

interface RearmRowsProps {
  readonly draft: Rule;
  /** Bars, at the most. */
  readonly most: number;
}

/** When a symbol that fired may fire again. */
export function RearmRows({ draft, most }: RearmRowsProps): ReactElement {
  const { rearm, timeframe, arithmetic } = draft;
  return (
    <>
      <div className="form-row">
        <div>
          <b>Armed again</b>
          <p>After it fired, a side waits until this before it may fire again.</p>
        </div>
        <Segments
          label="Armed again"
          value={rearm.kind}
          options={KINDS}
          onChange={(kind) => editDraft({ rearm: EMPTY[kind] })}
        />
      </div>
      {rearm.kind === 'bars' ? (
        <NumberRow
          label="False for"
          hint="Its condition was false on so many bars in a row."
          unit="bars"
          min={1}
          max={most}
          value={rearm.bars}
          onSave={async (bars) => {
            editDraft({ rearm: { kind: 'bars', bars } });
            return true;
          }}
        />
      ) : (
        (['buy', 'sell'] as const).map((side) =>
          draft[side] === null ? null : (
            <div key={side} className="sentence-row">
              <p>Arms the {side} side again</p>
              <ScanField
                label={`Arms the ${side} side again`}
                value={rearm[side] ?? ''}
                example={EXAMPLE[side]}
                timeframe={timeframe}
                arithmetic={arithmetic}
                onChange={(text) => editDraft({ rearm: { ...rearm, [side]: text } })}
              />
            </div>
          ),
        )
      )}
    </>
  );
}
