import type { RuleSettings } from '../../../../contract/settings.ts';
import { DAY_MS } from '../../../../core/brand.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../../core/timeframe.ts';
import { marketNow } from '../../live/market-clock.ts';
import { useAlertStore } from '../../stores/alert-store.ts';
import { showAlert, useAttention } from '../../stores/attention.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { notify } from '../../stores/notice-store.ts';
import { useSelection } from '../../stores/selection.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { auctionInProgress } from './auction-in-progress.ts';
import { watchTheme } from './chart-colors.ts';
import { emptyChart } from './chart-lines.ts';
import type { ChartPhase } from './chart-phase.tsx';
import { chartSummary } from './chart-summary.ts';
import { barEndsAt, formatCountdown } from './countdown.ts';
import { type ChartKey, FIRST_BARS } from './follow-bars.ts';
import { createLegendWriter } from './legend-writer.ts';
import { pageBars } from './page-bars.ts';
import { type RunningChart, runChart } from './run-chart.ts';
import { signalMarks } from './signal-marks.ts';
import { barsToLoad } from './visible-span.ts';

export interface ChartNodes {
  /** Holds the legend and the plot; nodes with `data-field` below it are written. */
  readonly root: HTMLElement;
  /** Where the library draws. */
  readonly plot: HTMLElement;
  /** Read aloud when it changes. */
  readonly summary: HTMLElement;
}

export interface ChartState {
  readonly phase: ChartPhase;
  /** The chart that is drawn or asked for. */
  readonly key: ChartKey | undefined;
  readonly atLatest: boolean;
}

const COUNTDOWN_MS = 250;
/** The spoken summary keeps silent in between, however short the bars. */
const TELL_EVERY_MS = 30_000;
/** Bars to load before one that was asked for, so that the lines over it are warm. */
const BEFORE_ASKED = 200;
/** A span may need more bars than a chart usually opens with; this many load quickly still. */
const MOST_FIRST_BARS = 2_400;

/** Connects the chart to the page's stores, outside React. `onState` hears what React has to show. */
export function mountChart(
  { root, plot, summary }: ChartNodes,
  onState: (change: Partial<ChartState>) => void,
): RunningChart {
  const legend = createLegendWriter(root);
  let toldAt = Number.NEGATIVE_INFINITY;
  let toldOf = '';

  const chart = runChart(plot, pageBars, {
    phase: (phase) => onState({ phase }),
    moved: (atLatest) => onState({ atLatest }),
    laidOut: (rsiTop) => root.style.setProperty('--rsi-top', `${rsiTop}px`),
    openMark: showAlert,
    read: legend.write,
    tell(key, reading) {
      const now = performance.now();
      const name = `${key.instrument} ${key.timeframe}`;
      if (name === toldOf && now - toldAt < TELL_EVERY_MS) return;
      [toldAt, toldOf] = [now, name];
      summary.textContent = chartSummary(key, reading);
    },
    notify: (message) => notify('error', message),
  });

  const mark = (): void => {
    const { instrument, timeframe } = useSelection.getState();
    const { alerts, formingSignals } = useAlertStore.getState();
    if (instrument !== undefined) chart.mark(signalMarks(alerts, formingSignals, instrument, timeframe));
  };
  const shadeAuction = (): void => {
    const { instrument, timeframe } = useSelection.getState();
    const segment = instrument && useSettingsStore.getState().byKey.get(instrument)?.segment;
    chart.auctionNow(auctionInProgress(useFeedStore.getState().market, segment, timeframe));
  };
  const open = (): void => {
    const { instrument, timeframe } = useSelection.getState();
    const { settings, byKey } = useSettingsStore.getState();
    const now = useFeedStore.getState().stats?.marketTime;
    if (instrument === undefined || settings === undefined) return;
    const asked = useAttention.getState().bar;
    const lookAt = asked?.instrument === instrument && asked.timeframe === timeframe ? asked.openTime : undefined;
    useAttention.setState({ bar: undefined });
    const key = { instrument, timeframe };
    const length = lengthOf(timeframe);
    const since = lookAt === undefined ? chart.span()?.from : lookAt - BEFORE_ASKED * length;
    const bars = barsToLoad(since, now, length, FIRST_BARS, MOST_FIRST_BARS);
    onState({ key });
    chart.open(key, emptyChart(settings.rule, byKey.get(instrument), timeframe), { bars, lookAt });
    mark();
    shadeAuction();
  };
  const countDown = (): void => {
    const { market, feed } = useFeedStore.getState();
    const openTime = chart.formingSince();
    const now = marketNow();
    const end = openTime === undefined ? undefined : barEndsAt(openTime, useSelection.getState().timeframe, market);
    // A feed that rests, or runs as fast as it goes, has no time left to tell.
    const tells =
      feed !== undefined && feed.speed > 0 && (feed.status.state === 'live' || feed.status.state === 'stale');
    chart.countDown(tells && end !== undefined && now !== undefined ? formatCountdown(end - now) : undefined);
  };

  const stops = [
    useSelection.subscribe((now, before) => {
      if (now.instrument !== before.instrument || now.timeframe !== before.timeframe) open();
    }),
    useFeedStore.subscribe((now, before) => {
      if (now.generation !== before.generation) open();
      else if (now.market !== before.market) shadeAuction();
    }),
    useSettingsStore.subscribe(({ settings: now }, { settings: before }) => {
      if (now !== undefined && before !== undefined && !sameLines(now.rule, before.rule)) open();
    }),
    useAlertStore.subscribe(mark),
    useAttention.subscribe(({ bar }) => {
      const { instrument, timeframe } = useSelection.getState();
      if (bar === undefined || bar.instrument !== instrument || bar.timeframe !== timeframe) return;
      if (chart.showBar(bar.openTime)) useAttention.setState({ bar: undefined });
      else open();
    }),
    watchTheme(chart.recolour),
  ];
  const timer = setInterval(countDown, COUNTDOWN_MS);
  open();

  return {
    ...chart,
    stop() {
      clearInterval(timer);
      for (const stop of stops) stop();
      chart.stop();
    },
  };
}

function sameLines(a: RuleSettings, b: RuleSettings): boolean {
  return a.fast === b.fast && a.slow === b.slow && a.rsi === b.rsi;
}

function lengthOf(timeframe: Timeframe): number {
  if (isIntraday(timeframe)) return INTRADAY_MS[timeframe];
  return { '1d': 1, '1w': 7, '1mo': 30 }[timeframe] * DAY_MS;
}
