import type { EpochMs } from '../../core/brand.ts';
import { isAfter, type PricePrint } from '../../core/price-print.ts';
import { type Levels, levelsOf, touched } from '../../core/protective-levels.ts';
import type { OrderLane } from './ticket-book.ts';

const NONE: Levels = { stop: undefined, target: undefined };

/** Where what a lane holds is closed again. */
export function levelsOfLane({ holding, opened }: OrderLane, tickSize: number | undefined): Levels {
  if (holding.quantity === 0n || opened?.filledPrice === undefined) return NONE;
  return levelsOf(opened.ticket, opened.ticket.side, opened.filledPrice, tickSize);
}

/**
 * What a print touches of what a lane holds. Nothing while an exit is on its way, and nothing of a print that was
 * there before the position was.
 */
export function touchedBy(
  lane: OrderLane,
  print: PricePrint,
  tickSize: number | undefined,
): 'stop' | 'target' | undefined {
  const { opened, exit } = lane;
  if (opened === undefined || exit !== undefined) return undefined;
  if (!isAfter(print, opened.filledAt ?? (0 as EpochMs))) return undefined;
  return touched(levelsOfLane(lane, tickSize), opened.ticket.side, print);
}
