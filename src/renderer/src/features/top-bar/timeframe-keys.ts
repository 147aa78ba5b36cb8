import { SCREEN_TIMEFRAMES, type Timeframe } from '../../../../core/timeframe.ts';

/** Digits typed so far, waiting for their unit. */
export type TypedDigits = string;

export interface TypedTimeframe {
  readonly typed: TypedDigits;
  /** The timeframe the keys have named, once they have. */
  readonly timeframe?: Timeframe;
}

const LONE: Readonly<Record<string, Timeframe>> = { h: '1h', d: '1d', w: '1w', m: '1mo' };
/** The keys that name a timeframe, as its tooltip shows them: `4 5 s`, `h`. */
export function timeframeKeys(timeframe: Timeframe): string {
  const lone = Object.keys(LONE).find((key) => LONE[key] === timeframe);
  return lone ?? [...timeframe].join(' ');
}

const NOTHING: TypedTimeframe = { typed: '' };

/**
 * Reads one key of a timeframe typed on the keyboard: digits wait for a unit (`4 5 s`, `1 m`, `2 h`), a unit alone
 * is an hour, a day, a week or a month. What names no button is forgotten.
 */
export function typeTimeframe(typed: TypedDigits, key: string): TypedTimeframe {
  if (/^\d$/.test(key)) return { typed: typed.length >= 2 ? key : typed + key };
  const unit = key.toLowerCase();
  if (!/^[smhdw]$/.test(unit)) return NOTHING;
  if (typed === '') {
    const timeframe = LONE[unit];
    return timeframe === undefined ? NOTHING : { typed: '', timeframe };
  }
  const timeframe = SCREEN_TIMEFRAMES.find((one) => one === `${typed}${unit}`);
  return timeframe === undefined ? NOTHING : { typed: '', timeframe };
}
