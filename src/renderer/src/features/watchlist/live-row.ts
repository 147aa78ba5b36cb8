import type { InstrumentKey } from '../../../../core/brand.ts';
import type { Quote } from '../../../../core/quote.ts';
import { formatNumber, formatPercent, formatPrice } from '../../format/price.ts';
import type { PriceStyle } from '../../format/price-style.ts';
import { quotes, sparklines } from '../../live/live-stores.ts';
import { SPARKLINE, sparklinePath } from './sparkline-path.ts';

/** The places of a row that prices are written into. */
export interface RowCells {
  readonly row: HTMLElement;
  readonly ltp: HTMLElement;
  readonly change: HTMLElement;
  readonly rsi: HTMLElement | null;
  readonly spark: SVGPathElement | null;
}

/** What stands in a cell nobody has told a value for. */
export const UNKNOWN = '–';
const FLASH_MS = 200;
const SPARK_EVERY_MS = 1_000;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** Writes each new quote straight into its cells, so that five hundred rows cost React nothing. */
export function followQuotes(
  cells: RowCells,
  instrument: InstrumentKey,
  style: PriceStyle,
  sparkWidth: number = SPARKLINE.width,
): () => void {
  const { row, ltp, change, rsi, spark } = cells;
  let last: Quote | undefined;
  let flashedAt = 0;
  let drawnAt = 0;

  const forget = (): void => {
    last = undefined;
    for (const cell of [ltp, change, rsi]) if (cell !== null) cell.textContent = UNKNOWN;
    delete row.dataset['change'];
    delete rsi?.dataset['trend'];
    spark?.setAttribute('d', '');
  };

  return quotes.watch(instrument, (quote) => {
    if (quote === undefined) {
      forget();
      return;
    }
    const now = performance.now();
    if (quote.ltp !== last?.ltp) {
      ltp.textContent = formatPrice(quote.ltp, style);
      if (last !== undefined && now - flashedAt > FLASH_MS && !calm.matches) {
        flashedAt = now;
        const tint = quote.ltp > last.ltp ? 'var(--up-soft)' : 'var(--down-soft)';
        ltp.animate({ backgroundColor: [tint, 'transparent'] }, FLASH_MS);
      }
    }
    if (quote.changePercent !== last?.changePercent || last === undefined) {
      change.textContent = formatPercent(quote.changePercent);
      row.dataset['change'] = direction(quote.changePercent);
    }
    if (rsi !== null && (quote.rsi !== last?.rsi || quote.trend !== last?.trend || last === undefined)) {
      rsi.textContent = formatNumber(quote.rsi, 0);
      if (quote.trend === undefined) delete rsi.dataset['trend'];
      else rsi.dataset['trend'] = quote.trend;
    }
    if (spark !== null && (last === undefined || now - drawnAt > SPARK_EVERY_MS)) {
      drawnAt = now;
      spark.setAttribute('d', sparklinePath(sparklines.of(instrument), sparkWidth, SPARKLINE.height));
    }
    last = quote;
  });
}

/** What reads 0.00% has no colour. */
function direction(changePercent: number | undefined): 'up' | 'down' | 'flat' {
  if (changePercent === undefined || Math.abs(changePercent) < 0.005) return 'flat';
  return changePercent > 0 ? 'up' : 'down';
}
