import type { ReactElement } from 'react';
import { symbolOf } from '../../../../core/instrument.ts';
import { timeframeLabel } from '../../format/timeframe.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import type { ChartKey } from './follow-bars.ts';

const PRICES = [
  ['O', 'open', 'Open'],
  ['H', 'high', 'High'],
  ['L', 'low', 'Low'],
  ['C', 'close', 'Close'],
] as const;

/** The bar under the pointer, or the newest. The values are written past React, see `createLegendWriter`. */
export function ChartLegend({ chart }: { readonly chart: ChartKey | undefined }): ReactElement {
  const name = useSettingsStore(({ byKey }) => (chart === undefined ? undefined : byKey.get(chart.instrument)?.name));
  return (
    <div className="chart-legend">
      <h2 title={name}>{chart === undefined ? 'Chart' : symbolOf(chart.instrument)}</h2>
      {chart === undefined ? null : (
        <span className="chart-where">
          {exchangeOf(chart)} · {timeframeLabel(chart.timeframe)}
        </span>
      )}
      <p className="chart-auction" data-field="auction" />
      <dl className="chart-values">
        {PRICES.map(([letter, field, title]) => (
          <div key={field} title={title}>
            <dt>{letter}</dt>
            <dd data-field={field}>–</dd>
          </div>
        ))}
        <div className="chart-change" title="Change from the close of the bar before">
          <dt className="unseen">Change</dt>
          <dd data-field="change">–</dd>
        </div>
        <div title="Quantity traded in the bar">
          <dt>Vol</dt>
          <dd data-field="volume">–</dd>
        </div>
      </dl>
    </div>
  );
}

/** The values of the lines, over the plot where the lines are drawn. */
export function LineLegend(): ReactElement | null {
  const rule = useSettingsStore(({ settings }) => settings?.rule);
  if (rule === undefined) return null;
  return (
    <>
      <dl className="chart-lines">
        <div className="fast">
          <dt>EMA {rule.fast}</dt>
          <dd data-field="fast">–</dd>
        </div>
        <div className="slow">
          <dt>EMA {rule.slow}</dt>
          <dd data-field="slow">–</dd>
        </div>
      </dl>
      <dl className="chart-lines chart-rsi">
        <div>
          <dt>RSI {rule.rsi}</dt>
          <dd data-field="rsi">–</dd>
        </div>
      </dl>
    </>
  );
}

function exchangeOf({ instrument }: ChartKey): string {
  return instrument.slice(0, instrument.indexOf(':'));
}
