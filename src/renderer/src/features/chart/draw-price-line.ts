import type { ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts';
import { crisp, foreground, inCssPixels, inPixels, type PaneTarget, type PaneView } from './pane-canvas.ts';

/** The newest price on its axis, with the time its bar has left. */
export interface PriceLine {
  readonly price: number;
  readonly text: string;
  /** `02:48`; undefined where nothing counts down. */
  readonly countdown: string | undefined;
}

export interface PriceLineColors {
  readonly accent: string;
  readonly onAccent: string;
}

const LINE_HEIGHT = 15;

/** A dotted line at the newest price and a label of one or two lines where it meets the axis. */
export class DrawPriceLine implements ISeriesPrimitive<Time> {
  #attached: SeriesAttachedParameter<Time> | undefined;
  #line: PriceLine | undefined;
  #colors: PriceLineColors = { accent: '', onAccent: '' };
  #font = '';

  set(line: PriceLine | undefined): void {
    const known = this.#line;
    this.#line = line;
    if (known?.price !== line?.price || known?.countdown !== line?.countdown) this.#attached?.requestUpdate();
  }

  recolour(colors: PriceLineColors, font: string): void {
    this.#colors = colors;
    this.#font = font;
  }

  attached(parameters: SeriesAttachedParameter<Time>): void {
    this.#attached = parameters;
  }

  detached(): void {
    this.#attached = undefined;
  }

  paneViews(): readonly PaneView[] {
    return [foreground((target) => this.#drawLine(target))];
  }

  priceAxisPaneViews(): readonly PaneView[] {
    return [foreground((target) => this.#drawLabel(target), 'top')];
  }

  #height(): number | undefined {
    const y = this.#line && this.#attached?.series.priceToCoordinate(this.#line.price);
    return y ?? undefined;
  }

  #drawLine(target: PaneTarget): void {
    const y = this.#height();
    if (y === undefined) return;
    inPixels(target, ({ context, bitmapSize, verticalPixelRatio, horizontalPixelRatio }) => {
      context.strokeStyle = this.#colors.accent;
      context.lineWidth = Math.max(1, Math.floor(verticalPixelRatio));
      context.setLineDash([horizontalPixelRatio, 3 * horizontalPixelRatio]);
      const line = crisp(y, verticalPixelRatio, context.lineWidth);
      context.beginPath();
      context.moveTo(0, line);
      context.lineTo(bitmapSize.width, line);
      context.stroke();
    });
  }

  #drawLabel(target: PaneTarget): void {
    const y = this.#height();
    const line = this.#line;
    if (y === undefined || line === undefined) return;
    inCssPixels(target, ({ context, mediaSize }) => {
      // A label at the edge would stand beside another price.
      if (y < 0 || y > mediaSize.height) return;
      const height = (line.countdown === undefined ? 1 : 2) * LINE_HEIGHT + 3;
      const top = Math.round(Math.min(mediaSize.height - height, Math.max(0, y - LINE_HEIGHT / 2 - 1)));
      context.fillStyle = this.#colors.accent;
      context.beginPath();
      context.roundRect(0, top, mediaSize.width - 2, height, [0, 3, 3, 0]);
      context.fill();
      context.fillStyle = this.#colors.onAccent;
      context.textBaseline = 'middle';
      context.font = `600 11px ${this.#font}`;
      context.fillText(line.text, 8, top + LINE_HEIGHT / 2 + 1.5);
      if (line.countdown === undefined) return;
      context.font = `500 10px ${this.#font}`;
      context.fillText(line.countdown, 8, top + LINE_HEIGHT * 1.5 + 0.5);
    });
  }
}
