import type { ReactElement } from 'react';
import type { Settings } from '../../../../contract/settings.ts';
import { SCREEN_TIMEFRAMES } from '../../../../core/timeframe.ts';
import { timeframeName } from '../../format/timeframe.ts';
import { FormRow, SwitchRow } from '../../ui/form-row.tsx';
import { NumberRow } from '../../ui/number-row.tsx';
import { SectionFrame } from './section-frame.tsx';
import { useSave } from './use-save.ts';

/** The scan's one rule: a crossing of two averages with momentum behind it. */
export function ScanSection({ settings: { rule } }: { readonly settings: Settings }): ReactElement {
  const { problem, save } = useSave();
  return (
    <SectionFrame title="Scan rule" problem={problem}>
      <p className="settings-lead">
        Buy when EMA {rule.fast} crosses above EMA {rule.slow} with RSI {rule.rsi} above {rule.momentum}; sell when it
        crosses below with RSI below {100 - rule.momentum}.
      </p>
      <SwitchRow
        label="Scan"
        hint="Judges every closed bar of every instrument."
        checked={rule.enabled}
        onChange={(enabled) => void save({ rule: { enabled } })}
      />
      <FormRow label="Timeframe" hint="The bars the rule is judged on. The chart may show others.">
        {(ids) => (
          <select
            {...ids}
            className="select"
            value={rule.timeframe}
            onChange={({ target }) => {
              const timeframe = SCREEN_TIMEFRAMES.find((one) => one === target.value);
              if (timeframe !== undefined) void save({ rule: { timeframe } });
            }}
          >
            {SCREEN_TIMEFRAMES.map((timeframe) => (
              <option key={timeframe} value={timeframe}>
                {timeframeName(timeframe)}
              </option>
            ))}
          </select>
        )}
      </FormRow>
      <NumberRow
        label="Fast EMA"
        unit="bars"
        min={1}
        max={500}
        value={rule.fast}
        onSave={(fast) => save({ rule: { fast } })}
      />
      <NumberRow
        label="Slow EMA"
        unit="bars"
        min={2}
        max={1_000}
        value={rule.slow}
        onSave={(slow) => save({ rule: { slow } })}
      />
      <NumberRow label="RSI" unit="bars" min={2} max={500} value={rule.rsi} onSave={(rsi) => save({ rule: { rsi } })} />
      <NumberRow
        label="Momentum"
        hint="A buy needs RSI above it, a sell RSI below 100 minus it."
        min={0}
        max={100}
        step={0.1}
        value={rule.momentum}
        onSave={(momentum) => save({ rule: { momentum } })}
      />
      <SwitchRow
        label="Forming signals"
        hint="Also look at bars that have not closed. Such signals are drawn hollow and may vanish."
        checked={rule.forming}
        onChange={(forming) => void save({ rule: { forming } })}
      />
    </SectionFrame>
  );
}
