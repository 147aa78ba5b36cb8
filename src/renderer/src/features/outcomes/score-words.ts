import type { HitRate, Scoreboard } from '../../../../core/outcome.ts';
import { formatNumber, UNKNOWN } from '../../format/price.ts';

/** The four moments at which a price is looked at again. */
export const MOMENTS = [
  ['after5', '+5 min', 'after 5 minutes'],
  ['after15', '+15 min', 'after 15 minutes'],
  ['after60', '+60 min', 'after an hour'],
  ['atClose', 'Close', 'at the close'],
] as const satisfies readonly (readonly [keyof Scoreboard, string, string])[];

const MOVED = { buy: 'had risen', sell: 'had fallen', all: 'had moved the signal’s way' } as const;

/** A share in whole percent: `62 %`. */
export function shareText(share: number | undefined): string {
  return share === undefined ? UNKNOWN : `${formatNumber(share * 100, 0)} %`;
}

/** `between 55 and 69`; undefined without signals. */
export function intervalText({ low, high }: Pick<HitRate, 'low' | 'high'>): string | undefined {
  if (low === undefined || high === undefined) return undefined;
  return `between ${formatNumber(low * 100, 0)} and ${formatNumber(high * 100, 0)}`;
}

/** `62 % had risen after 15 minutes, between 55 and 69 with luck taken out; entries at random: 51 %.` */
export function hitWords(rate: HitRate, side: keyof typeof MOVED, moment: string): string {
  const interval = intervalText(rate);
  if (rate.rate === undefined || interval === undefined) return `Nothing is known ${moment} yet.`;
  const random = rate.random === undefined ? '' : `; entries at random: ${shareText(rate.random)}`;
  return `${shareText(rate.rate)} ${MOVED[side]} ${moment}, ${interval}${random}.`;
}

/** The one sentence that stands first: a quarter of an hour later, or the close where nothing is known before. */
export function headline(board: Scoreboard, side: keyof typeof MOVED): string {
  const [, quarter, , close] = MOMENTS;
  return board.after15.count > 0 ? hitWords(board.after15, side, quarter[2]) : hitWords(board.atClose, side, close[2]);
}

/** Whether a rate is told apart from chance: its interval lies above or below the random entries. */
export function againstChance({ low, high, random }: HitRate): 'better' | 'worse' | 'same' | undefined {
  if (low === undefined || high === undefined || random === undefined) return undefined;
  if (low > random) return 'better';
  return high < random ? 'worse' : 'same';
}

export const CHANCE_WORDS = {
  better: 'better than chance',
  worse: 'worse than chance',
  same: 'no different from chance',
} as const;
