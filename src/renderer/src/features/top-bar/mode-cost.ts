import type { Settings } from '../../../../contract/settings.ts';

/** The fewest instruments a batch request carries among the venues: more are asked in further requests. */
const PER_REQUEST = 500;

/** What a mode costs, in the words beside its switch. */
export function modeCost({ mode, pollSeconds }: Settings['feed'], instruments: number): string {
  if (mode === 'streaming') return 'live';
  const requests = Math.max(1, Math.ceil(instruments / PER_REQUEST));
  return `scan every ${pollSeconds} s · ${requests} request${requests === 1 ? '' : 's'}`;
}
