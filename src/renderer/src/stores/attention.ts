import { create } from 'zustand';
import type { EpochMs, InstrumentKey } from '../../../core/brand.ts';
import type { Timeframe } from '../../../core/timeframe.ts';
import { useSelection } from './selection.ts';
import { showPanel, useUiStore } from './ui-store.ts';

export interface AskedBar {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly openTime: EpochMs;
}

export const SIDE_TABS = ['alerts', 'scan', 'orders', 'health'] as const;
/** The right-hand panel's pages. */
export type SideTab = (typeof SIDE_TABS)[number];

interface Attention {
  readonly tab: SideTab;
  /** An alert, or a forming signal by its identity, to bring into view. A new object is a new wish, even for the same alert. */
  readonly alert: { readonly id: string } | undefined;
  /** A bar to bring into view, likewise. */
  readonly bar: AskedBar | undefined;
}

/** What one part of the screen asks another to show. */
export const useAttention = create<Attention>()(() => ({ tab: 'alerts', alert: undefined, bar: undefined }));

/** Opens the right-hand panel at one of its pages. */
export function showTab(tab: SideTab): void {
  showPanel('alerts');
  useAttention.setState({ tab });
}

/** Opens the alert list at one alert. */
export function showAlert(id: string): void {
  showPanel('alerts');
  useAttention.setState({ tab: 'alerts', alert: { id } });
}

/** Opens the chart of an instrument and timeframe where this bar can be seen. */
export function showBar(bar: AskedBar): void {
  // First the wish, then the chart: the chart that opens then knows where to look.
  useAttention.setState({ bar: { ...bar } });
  // A drawer would cover the newest bars.
  useUiStore.setState(({ drawer }) => (drawer === 'alerts' ? { drawer: undefined } : {}));
  // Both at once: the chart opens one time, not on a pair nobody asked for.
  useSelection.setState({ instrument: bar.instrument, timeframe: bar.timeframe });
}
