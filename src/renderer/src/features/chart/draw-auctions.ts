import type { IPanePrimitive, PaneAttachedParameter, Time, UTCTimestamp } from 'lightweight-charts';
import { background, inPixels, type PaneTarget, type PaneView } from './pane-canvas.ts';

/** A shaded column behind each auction, and behind the place of one in progress. One object per pane. */
export class DrawAuctions implements IPanePrimitive<Time> {
  #attached: PaneAttachedParameter<Time> | undefined;
  #auctions: readonly UTCTimestamp[] = [];
  #progressAfter: UTCTimestamp | undefined;
  #color = '';

  /** Opening times of the auctions that have a row, and of the row after which one is in progress. */
  set(auctions: readonly UTCTimestamp[], progressAfter: UTCTimestamp | undefined): void {
    this.#auctions = auctions;
    this.#progressAfter = progressAfter;
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
    const spacing = timeScale.options().barSpacing;
    const columns = this.#auctions.map((time) => timeScale.timeToCoordinate(time));
    const newest = this.#progressAfter === undefined ? null : timeScale.timeToCoordinate(this.#progressAfter);
    inPixels(target, ({ context, bitmapSize, horizontalPixelRatio: ratio }) => {
      context.fillStyle = this.#color;
      const column = (x: number): void => {
        const left = Math.round((x - spacing / 2) * ratio);
        const right = Math.round((x + spacing / 2) * ratio);
        if (right > 0 && left < bitmapSize.width)
          context.fillRect(left, 0, Math.max(right - left, Math.round(2 * ratio)), bitmapSize.height);
      };
      for (const x of columns) if (x !== null) column(x);
      if (newest !== null) column(newest + spacing);
    });
  }
}
