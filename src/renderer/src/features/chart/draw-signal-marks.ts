import type {
  ISeriesPrimitive,
  PrimitiveHoveredItem,
  SeriesAttachedParameter,
  Time,
  UTCTimestamp,
} from 'lightweight-charts';
import { foreground, inCssPixels, type PaneTarget, type PaneView } from './pane-canvas.ts';

/** A mark with the bar it stands at. */
export interface PlacedMark {
  readonly id: string;
  readonly time: UTCTimestamp;
  readonly side: 'buy' | 'sell';
  readonly forming: boolean;
  /** Low of the bar for a buy, which stands below it; high for a sell, above. */
  readonly price: number;
}

export interface MarkColors {
  readonly up: string;
  readonly down: string;
  readonly bg: string;
}

const GAP = 7;
const HALF_WIDTH = 5;
const HEIGHT = 9;
/** Around the middle of a mark, in pixels: what a hand can hit. */
const REACH = 10;

/**
 * Triangles at the bars that signalled: up and below for a buy, down and above for a sell, hollow while the bar
 * is forming. Drawn here because the library's own markers cannot be hollow.
 */
export class DrawSignalMarks implements ISeriesPrimitive<Time> {
  #attached: SeriesAttachedParameter<Time> | undefined;
  #marks: readonly PlacedMark[] = [];
  #colors: MarkColors = { up: '', down: '', bg: '' };

  set(marks: readonly PlacedMark[]): void {
    this.#marks = marks;
    this.#attached?.requestUpdate();
  }

  recolour(colors: MarkColors): void {
    this.#colors = colors;
  }

  attached(parameters: SeriesAttachedParameter<Time>): void {
    this.#attached = parameters;
  }

  detached(): void {
    this.#attached = undefined;
  }

  paneViews(): readonly PaneView[] {
    return [foreground((target) => this.#draw(target))];
  }

  /** The mark under the pointer, by which the library then names its clicks. */
  hitTest(x: number, y: number): PrimitiveHoveredItem | null {
    for (const mark of this.#marks) {
      const at = this.#place(mark);
      if (at === undefined) continue;
      const distance = Math.hypot(at.x - x, at.tip + at.direction * (HEIGHT / 2) - y);
      if (distance <= REACH) return { externalId: mark.id, cursorStyle: 'pointer', zOrder: 'top', itemType: 'marker' };
    }
    return null;
  }

  #place(mark: PlacedMark): { x: number; tip: number; direction: 1 | -1 } | undefined {
    const x = this.#attached?.chart.timeScale().timeToCoordinate(mark.time);
    const y = this.#attached?.series.priceToCoordinate(mark.price);
    if (x == null || y == null) return undefined;
    const direction = mark.side === 'buy' ? 1 : -1;
    return { x, tip: y + direction * GAP, direction };
  }

  #draw(target: PaneTarget): void {
    inCssPixels(target, ({ context, mediaSize }) => {
      context.lineJoin = 'round';
      context.lineWidth = 1.5;
      for (const mark of this.#marks) {
        const at = this.#place(mark);
        if (at === undefined || at.x < -HALF_WIDTH || at.x > mediaSize.width + HALF_WIDTH) continue;
        const base = at.tip + at.direction * HEIGHT;
        context.beginPath();
        context.moveTo(at.x, at.tip);
        context.lineTo(at.x + HALF_WIDTH, base);
        context.lineTo(at.x - HALF_WIDTH, base);
        context.closePath();
        const color = mark.side === 'buy' ? this.#colors.up : this.#colors.down;
        context.fillStyle = mark.forming ? this.#colors.bg : color;
        context.strokeStyle = mark.forming ? color : this.#colors.bg;
        context.stroke();
        context.fill();
        if (mark.forming) context.stroke();
      }
    });
  }
}
