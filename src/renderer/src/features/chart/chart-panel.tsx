import { ChevronsRight } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { symbolOf } from '../../../../core/instrument.ts';
import { timeframeName } from '../../format/timeframe.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { ChartLegend, LineLegend } from './chart-legend.tsx';
import { PhaseNote } from './chart-phase.tsx';
import { type ChartState, mountChart } from './mount-chart.ts';
import { QuoteLine } from './quote-line.tsx';
import type { RunningChart } from './run-chart.ts';
import './chart.css';

const START: ChartState = { phase: { kind: 'loading' }, key: undefined, atLatest: true };

/** The chart of the selected instrument. React builds the frame once; bars and readings go past it. */
export function ChartPanel(): ReactElement {
  const hasSettings = useSettingsStore(({ settings }) => settings !== undefined);
  const [state, setState] = useState(START);
  const root = useRef<HTMLElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const summary = useRef<HTMLParagraphElement>(null);
  const running = useRef<RunningChart>(undefined);

  useEffect(() => {
    const nodes = { root: root.current, plot: plot.current, summary: summary.current };
    // The legend's lines are there once the settings are, and the chart writes into them.
    if (!hasSettings || nodes.root === null || nodes.plot === null || nodes.summary === null) return undefined;
    const chart = mountChart({ root: nodes.root, plot: nodes.plot, summary: nodes.summary }, (change) =>
      setState((now) => (isKnown(now, change) ? now : { ...now, ...change })),
    );
    running.current = chart;
    return () => {
      running.current = undefined;
      chart.stop();
    };
  }, [hasSettings]);

  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || running.current?.press(event) !== true) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const { key, phase, atLatest } = state;
  const label =
    key === undefined
      ? 'Chart'
      : `Chart of ${symbolOf(key.instrument)}, ${timeframeName(key.timeframe)}. Arrow keys move and zoom, End shows the newest bar.`;

  return (
    <section ref={root} className="chart-panel" aria-label="Chart">
      <ChartLegend chart={key} />
      <div className="chart-body">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the plot takes keys, as its label says. */}
        <div className="chart-plot" role="application" aria-label={label} tabIndex={0} onKeyDown={press} ref={plot} />
        <LineLegend />
        <QuoteLine instrument={key?.instrument} />
        <PhaseNote phase={phase} chart={key} onRetry={() => running.current?.retry()} />
        {atLatest || phase.kind !== 'drawn' ? null : (
          <button type="button" className="chart-latest" onClick={() => running.current?.toLatest()}>
            Latest bar <ChevronsRight aria-hidden="true" />
          </button>
        )}
        <a
          className="chart-credit"
          href="https://www.tradingview.com/"
          target="_blank"
          rel="noreferrer"
          title="Charting by TradingView Lightweight Charts™"
        >
          TradingView
        </a>
      </div>
      <p ref={summary} className="unseen" role="status" />
    </section>
  );
}

function isKnown(now: ChartState, change: Partial<ChartState>): boolean {
  const next = { ...now, ...change };
  const samePhase = next.phase === now.phase || (next.phase.kind === now.phase.kind && next.phase.kind !== 'failed');
  return samePhase && next.key === now.key && next.atLatest === now.atLatest;
}
