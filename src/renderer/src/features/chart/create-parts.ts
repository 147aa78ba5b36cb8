import {
  CandlestickSeries,
  CrosshairMode,
  createChartEx,
  HistogramSeries,
  type IChartApiBase,
  type IPriceLine,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type Time,
} from 'lightweight-charts';
import { formatNumber, formatPrice } from '../../format/price.ts';
import type { PriceStyle } from '../../format/price-style.ts';
import { type ChartColors, faded } from './chart-colors.ts';
import { RSI_LEVELS } from './draw-rsi-bands.ts';
import { IstTimeScale } from './ist-time-scale.ts';

/** The library's chart and what is drawn in it: prices with averages and volume above, RSI below. */
export interface ChartParts {
  readonly chart: IChartApiBase<Time>;
  readonly timeScale: IstTimeScale;
  readonly candles: ISeriesApi<'Candlestick'>;
  readonly volume: ISeriesApi<'Histogram'>;
  readonly fast: ISeriesApi<'Line'>;
  readonly slow: ISeriesApi<'Line'>;
  readonly rsi: ISeriesApi<'Line'>;
  /** The labels of the RSI axis. */
  readonly levels: readonly IPriceLine[];
}

const RSI_PANE = 1;
/** The RSI pane's part of the height. */
const RSI_SHARE = 0.21;
/** Room for the narrowest price, so that the axis does not change its width at every instrument. */
const AXIS_WIDTH = 66;
const QUIET = { lastValueVisible: false, priceLineVisible: false } as const;
const AVERAGE = { ...QUIET, lineWidth: 1, crosshairMarkerVisible: false } as const;

export function createParts(host: HTMLElement): ChartParts {
  const timeScale = new IstTimeScale();
  const chart = createChartEx<Time, IstTimeScale>(host, timeScale, {
    autoSize: true,
    // The attribution that the library's licence asks for stands in the corner below the price axis.
    layout: { attributionLogo: false, fontSize: 11, panes: { enableResize: true } },
    // A hovered line must not jump in front of the candles.
    hoveredSeriesOnTop: false,
    crosshair: { mode: CrosshairMode.Normal },
    rightPriceScale: {
      borderVisible: false,
      minimumWidth: AXIS_WIDTH,
      tickMarkDensity: 3.5,
      scaleMargins: { top: 0.09, bottom: 0.15 },
    },
    timeScale: {
      borderVisible: false,
      timeVisible: true,
      minBarSpacing: 1,
      maxBarSpacing: 40,
      barSpacing: 7,
      rightOffset: 6,
    },
    handleScale: { axisDoubleClickReset: true },
  });
  const volume = chart.addSeries(HistogramSeries, {
    ...QUIET,
    priceScaleId: 'volume',
    priceFormat: { type: 'volume' },
  });
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.9, bottom: 0 } });
  const candles = chart.addSeries(CandlestickSeries, { ...QUIET, borderVisible: true });
  const slow = chart.addSeries(LineSeries, AVERAGE);
  const fast = chart.addSeries(LineSeries, AVERAGE);
  const rsi = chart.addSeries(
    LineSeries,
    {
      ...AVERAGE,
      autoscaleInfoProvider: () => ({ priceRange: { minValue: 0, maxValue: 100 } }),
      priceFormat: {
        type: 'custom',
        minMove: 0.1,
        formatter: (value: number) => formatNumber(value, Number.isInteger(value) ? 0 : 1),
        // The lines at 30, 50 and 70 carry the only labels worth having.
        tickmarksFormatter: (values: readonly number[]) => values.map(() => ''),
      },
    },
    RSI_PANE,
  );
  rsi.priceScale().applyOptions({ scaleMargins: { top: 0.06, bottom: 0.06 } });
  chart.panes().forEach((pane, index) => {
    pane.setStretchFactor(index === RSI_PANE ? RSI_SHARE : 1 - RSI_SHARE);
  });
  const levels = Object.values(RSI_LEVELS).map((price) =>
    rsi.createPriceLine({ price, lineVisible: false, axisLabelVisible: true, title: '' }),
  );
  return { chart, timeScale, candles, volume, fast, slow, rsi, levels };
}

/** Prices as their instrument's are written. */
export function setPriceStyle({ candles, fast, slow }: ChartParts, style: PriceStyle, tickSize: number): void {
  const priceFormat = {
    type: 'custom' as const,
    minMove: tickSize,
    // Between two steps there is no price: the crosshair speaks of the nearest one.
    formatter: (price: number) => formatPrice(Math.round(price / tickSize) * tickSize, style),
  };
  for (const series of [candles, fast, slow]) series.applyOptions({ priceFormat });
}

export function applyColors(parts: ChartParts, colors: ChartColors, font: string): void {
  const { chart, candles, fast, slow, rsi, levels } = parts;
  const crosshair = {
    color: faded(colors.faint, 0.7),
    style: LineStyle.Dashed,
    labelBackgroundColor: colors.lineStrong,
  };
  chart.applyOptions({
    layout: {
      background: { color: colors.bg },
      textColor: colors.faint,
      fontFamily: font,
      panes: { separatorColor: colors.line, separatorHoverColor: colors.accentSoft },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: faded(colors.line, 0.6) } },
    crosshair: { vertLine: crosshair, horzLine: crosshair },
  });
  candles.applyOptions({
    upColor: colors.up,
    downColor: colors.down,
    // A border in the body's colour is not seen; an auction's is all there is of it.
    borderUpColor: colors.up,
    borderDownColor: colors.down,
    wickUpColor: colors.up,
    wickDownColor: colors.down,
  });
  fast.applyOptions({ color: colors.emaFast });
  slow.applyOptions({ color: colors.emaSlow });
  rsi.applyOptions({ color: colors.accent });
  for (const level of levels) level.applyOptions({ axisLabelColor: colors.bg, axisLabelTextColor: colors.faint });
}
