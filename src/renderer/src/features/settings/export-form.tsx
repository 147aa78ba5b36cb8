import { type FormEvent, type ReactElement, useState } from 'react';
import type { InstrumentKey, TradingDate } from '../../../../core/brand.ts';
import { dateAt, IST_OFFSET_MS } from '../../../../core/calendar-date.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import { TIMEFRAMES } from '../../../../core/timeframe.ts';
import { timeframeName } from '../../format/timeframe.ts';
import { invoke } from '../../live/engine.ts';
import { marketNow } from '../../live/market-clock.ts';
import { useSelection } from '../../stores/selection.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { FormRow } from '../../ui/form-row.tsx';
import { Segments } from '../../ui/segments.tsx';
import { DeedOutcome } from './deed-outcome.tsx';
import { exportProblem } from './export-problem.ts';
import { useDeed } from './use-deed.ts';

const FORMATS = [
  { value: 'csv', label: 'CSV' },
  { value: 'parquet', label: 'Parquet' },
] as const;

/** The market's date now; empty while nobody knows the time. */
function today(): string {
  const now = marketNow();
  return now === undefined ? '' : dateAt(now, IST_OFFSET_MS);
}

/** Writes one instrument's bars of some days into a file. */
export function ExportForm(): ReactElement {
  const instruments = useSettingsStore((state) => state.instruments);
  const [instrument, setInstrument] = useState(useSelection.getState().instrument ?? instruments[0]?.key);
  const [timeframe, setTimeframe] = useState(useSelection.getState().timeframe);
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState(today);
  const [format, setFormat] = useState<(typeof FORMATS)[number]['value']>('csv');
  const deed = useDeed();
  const problem = exportProblem(from, to);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (instrument === undefined || problem !== undefined) return;
    // What a date input gives is a date; an empty one is a problem above.
    const span = { from: from as TradingDate, to: to as TradingDate };
    void deed.run(() => invoke('candles.export', { instrument, timeframe, ...span, format }));
  };
  return (
    <form className="export-form" onSubmit={submit}>
      <FormRow label="Bars of">
        {(ids) => (
          <select
            {...ids}
            className="select"
            value={instrument ?? ''}
            // One of the options, which are the engine's own instruments.
            onChange={({ target }) => setInstrument(target.value as InstrumentKey)}
          >
            {instruments.map(({ key }) => (
              <option key={key} value={key}>
                {symbolOf(key)}
              </option>
            ))}
          </select>
        )}
      </FormRow>
      <FormRow label="Timeframe">
        {(ids) => (
          <select
            {...ids}
            className="select"
            value={timeframe}
            onChange={({ target }) => setTimeframe(TIMEFRAMES.find((one) => one === target.value) ?? timeframe)}
          >
            {TIMEFRAMES.map((one) => (
              <option key={one} value={one}>
                {timeframeName(one)}
              </option>
            ))}
          </select>
        )}
      </FormRow>
      <FormRow label="From" hint="The first day.">
        {(ids) => <DateInput {...ids} value={from} onChange={setFrom} />}
      </FormRow>
      <FormRow label="To" hint="The last day; it is in the file." problem={problem}>
        {(ids) => <DateInput {...ids} value={to} onChange={setTo} />}
      </FormRow>
      <div className="export-end">
        <Segments label="Format" value={format} options={FORMATS} onChange={setFormat} />
        <button
          type="submit"
          className="button"
          disabled={deed.busy || problem !== undefined || instrument === undefined}
        >
          Export
        </button>
      </div>
      <DeedOutcome deed={deed} doing="Writing the bars …" />
    </form>
  );
}

interface DateInputProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function DateInput({ onChange, ...rest }: DateInputProps): ReactElement {
  return <input {...rest} type="date" className="text-input" onChange={({ target }) => onChange(target.value)} />;
}
