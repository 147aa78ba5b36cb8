import { defaultHorzScaleBehavior, type IHorzScaleBehavior, type Time } from 'lightweight-charts';
import { DAY_MS, SECOND_MS } from '../../../../core/brand.ts';
import type { Timeframe } from '../../../../core/timeframe.ts';
import { crosshairLabel, tickLabel, tickWeight } from './ist-labels.ts';

type TimeScale = IHorzScaleBehavior<Time>;
const LibraryTimeScale = defaultHorzScaleBehavior();

/** The library's time scale with an Indian clock: the data stay UTC seconds, labels and their weights are IST. */
export class IstTimeScale extends LibraryTimeScale {
  timeframe: Timeframe = '5m';

  override fillWeightsForPoints(points: Parameters<TimeScale['fillWeightsForPoints']>[0], start: number): void {
    for (let index = start; index < points.length; index += 1) {
      const point = points[index];
      if (point === undefined) continue;
      const time = this.#epochMs(point.time);
      const previous = points[index - 1];
      // Nobody knows what came before the first bar; yesterday makes it a day's first, which is labelled with the date.
      const weight = tickWeight(time, previous === undefined ? time - DAY_MS : this.#epochMs(previous.time));
      // The library brands its numbers; the values are its own.
      point.timeWeight = weight as number as typeof point.timeWeight;
    }
  }

  override formatHorzItem(item: Parameters<TimeScale['formatHorzItem']>[0]): string {
    return crosshairLabel(this.#epochMs(item), this.timeframe);
  }

  override formatTickmark(mark: Parameters<TimeScale['formatTickmark']>[0]): string {
    return tickLabel(this.#epochMs(mark.time), mark.weight, this.timeframe);
  }

  #epochMs(item: Parameters<TimeScale['key']>[0]): number {
    return Number(this.key(item)) * SECOND_MS;
  }
}
