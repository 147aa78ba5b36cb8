import type { ReactElement } from 'react';
import type { Rule, RuleUniverse } from '../../../../core/rule.ts';
import { ARITHMETICS, type Arithmetic } from '../../../../core/scanner/scan-function.ts';
import { SCREEN_TIMEFRAMES } from '../../../../core/timeframe.ts';
import { timeframeName } from '../../format/timeframe.ts';
import { editDraft } from '../../stores/rule-desk.ts';
import { DEFAULT_RULE, useRuleStore } from '../../stores/rule-store.ts';
import { FormRow } from '../../ui/form-row.tsx';
import { Segments } from '../../ui/segments.tsx';
import { InstrumentPicker } from './instrument-picker.tsx';
import { SectorPicker } from './sector-picker.tsx';

const KINDS = [
  { value: 'all', label: 'All symbols' },
  { value: 'list', label: 'Picked' },
  { value: 'sector', label: 'Sectors' },
] as const;
const EMPTY: Readonly<Record<RuleUniverse['kind'], RuleUniverse>> = {
  all: { kind: 'all' },
  list: { kind: 'list', instruments: [] },
  sector: { kind: 'sector', sectors: [] },
};
const ARITHMETIC_NAMES: Readonly<Record<Arithmetic, string>> = { 'trading-view': 'TradingView', 'ta-lib': 'TA-Lib' };

/** On which bars of which symbols a rule looks. */
export function WhereRows({ draft }: { readonly draft: Rule }): ReactElement {
  const sectors = useRuleStore((state) => state.sectors);
  const { universe, timeframe, arithmetic } = draft;
  return (
    <>
      <FormRow label="Timeframe" hint="It is judged on each bar of this length as it closes.">
        {(ids) => (
          <select
            {...ids}
            className="select"
            value={timeframe}
            disabled={draft.id === DEFAULT_RULE}
            onChange={({ target }) =>
              editDraft({ timeframe: SCREEN_TIMEFRAMES.find((one) => one === target.value) ?? timeframe })
            }
          >
            {SCREEN_TIMEFRAMES.map((one) => (
              <option key={one} value={one}>
                {timeframeName(one)}
              </option>
            ))}
          </select>
        )}
      </FormRow>
      <div className="form-row">
        <div>
          <b>Symbols</b>
        </div>
        <Segments
          label="Symbols"
          value={universe.kind}
          options={KINDS}
          onChange={(kind) => editDraft({ universe: EMPTY[kind] })}
        />
      </div>
      {universe.kind === 'list' ? (
        <InstrumentPicker
          picked={universe.instruments}
          onChange={(instruments) => editDraft({ universe: { kind: 'list', instruments } })}
        />
      ) : null}
      {universe.kind === 'sector' ? (
        <SectorPicker
          sectors={sectors}
          picked={universe.sectors}
          onChange={(picked) => editDraft({ universe: { kind: 'sector', sectors: picked } })}
        />
      ) : null}
      <FormRow label="Arithmetic" hint="Whose way of beginning an average is followed where the two differ.">
        {(ids) => (
          <select
            {...ids}
            className="select"
            value={arithmetic}
            onChange={({ target }) =>
              editDraft({ arithmetic: ARITHMETICS.find((one) => one === target.value) ?? arithmetic })
            }
          >
            {ARITHMETICS.map((one) => (
              <option key={one} value={one}>
                {ARITHMETIC_NAMES[one]}
              </option>
            ))}
          </select>
        )}
      </FormRow>
    </>
  );
}
