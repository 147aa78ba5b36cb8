import type { ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts';
import { background, crisp, inPixels, type PaneTarget, type PaneView } from './pane-canvas.ts';

/** Above is called overbought, below oversold; between lies the band. */
export const RSI_LEVELS = { high: 70, middle: 50, low: 30 } as const;

export interface RsiBandColors {
  readonly bg: string;
  readonly accentSoft: string;
  readonly lineStrong: string;
}

/** The band from 30 to 70 with its three lines, painted over the price grid that the library draws in every pane. */
export class DrawRsiBands implements ISeriesPrimitive<Time> {
  #attached: SeriesAttachedParameter<Time> | undefined;
  #colors: RsiBandColors = { bg: '', accentSoft: '', lineStrong: '' };

  recolour(colors: RsiBandColors): void {
    this.#colors = colors;
  }

  attached(parameters: SeriesAttachedParameter<Time>): void {
    this.#attached = parameters;
  }

  detached(): void {
    this.#attached = undefined;
  }

  paneViews(): readonly PaneView[] {
    return [background((target) => this.#draw(target))];
  }

  #draw(target: PaneTarget): void {
    const series = this.#attached?.series;
    const top = series?.priceToCoordinate(RSI_LEVELS.high);
    const middle = series?.priceToCoordinate(RSI_LEVELS.middle);
    const bottom = series?.priceToCoordinate(RSI_LEVELS.low);
    if (top == null || middle == null || bottom == null) return;
    inPixels(target, ({ context, bitmapSize, verticalPixelRatio: ratio }) => {
      const width = bitmapSize.width;
      context.fillStyle = this.#colors.bg;
      context.fillRect(0, 0, width, bitmapSize.height);
      context.globalAlpha = 0.4;
      context.fillStyle = this.#colors.accentSoft;
      context.fillRect(0, top * ratio, width, (bottom - top) * ratio);
      context.globalAlpha = 1;
      context.strokeStyle = this.#colors.lineStrong;
      context.lineWidth = Math.max(1, Math.floor(ratio));
      for (const y of [top, middle, bottom]) {
        context.setLineDash(y === middle ? [2 * ratio, 4 * ratio] : []);
        const line = crisp(y, ratio, context.lineWidth);
        context.beginPath();
        context.moveTo(0, line);
        context.lineTo(width, line);
        context.stroke();
      }
    });
  }
}
