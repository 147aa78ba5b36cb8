import type { ChartBar } from './chart-bar.ts';

/** Rows on either side that stand for what is on the screen with an auction. */
const AROUND = 60;

/**
 * The volume by which a row's column is drawn. An auction trades in one print what takes many bars and would press
 * them flat, so its column ends at the tallest bar around it; the legend tells its volume.
 */
export function shownVolume(rows: readonly ChartBar[], row: number): number | undefined {
  const here = rows[row];
  if (here?.auction === undefined || here.volume === undefined) return here?.volume;
  let most = 0;
  for (const { auction, volume = 0 } of rows.slice(Math.max(0, row - AROUND), row + AROUND + 1))
    if (auction === undefined) most = Math.max(most, volume);
  return most === 0 ? here.volume : Math.min(here.volume, most);
}
