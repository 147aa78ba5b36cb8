import type { IPanePrimitive, PaneAttachedParameter, Time, UTCTimestamp } from 'lightweight-charts';
import { background, crisp, inPixels, type PaneTarget, type PaneView } from './pane-canvas.ts';

/** A broken hairline before each of some bars, behind everything else. One object per pane and kind of break. */
export class DrawTimeBreaks implements IPanePrimitive<Time> {
  #attached: PaneAttachedParameter<Time> | undefined;
  #openings: readonly UTCTimestamp[] = [];
  #color = '';
  readonly #dash: readonly [mark: number, space: number];

  constructor(dash: readonly [mark: number, space: number]) {
    this.#dash = dash;
  }

  /** Opening times of the bars before which it is drawn. */
  set(openings: readonly UTCTimestamp[]): void {
    this.#openings = openings;
    this.#attached?.requestUpdate();
  }

  recolour(color: string): void {
    this.#color = color;
  }

  attached(parameters: PaneAttachedParameter<Time>): void {
    this.#attached = parameters;
  }

  detached(): void {
    this.#attached = undefined;
  }

  paneViews(): readonly PaneView[] {
    return [background((target) => this.#draw(target))];
  }

  #draw(target: PaneTarget): void {
    const timeScale = this.#attached?.chart.timeScale();
    if (timeScale === undefined) return;
    const half = timeScale.options().barSpacing / 2;
    inPixels(target, ({ context, bitmapSize, horizontalPixelRatio, verticalPixelRatio }) => {
      context.strokeStyle = this.#color;
      context.lineWidth = Math.max(1, Math.floor(horizontalPixelRatio));
      context.setLineDash(this.#dash.map((length) => length * verticalPixelRatio));
      for (const opening of this.#openings) {
        const x = timeScale.timeToCoordinate(opening);
        if (x === null) continue;
        const line = crisp(x - half, horizontalPixelRatio, context.lineWidth);
        if (line < 0 || line > bitmapSize.width) continue;
        context.beginPath();
        context.moveTo(line, 0);
        context.lineTo(line, bitmapSize.height);
        context.stroke();
      }
    });
  }
}
