import type { NoiseReport } from '../../../../contract/backtest.ts';
import { formatNumber } from '../../format/price.ts';
import { formatCount } from '../../format/quantity.ts';
import { dateWords } from '../ledger/ledger-words.ts';

const DAY_MINUTES = 1_440;
const HOUR = 60;

/** A rate that reads well: `14`, `2.5`, `0.1`. */
export function rateText(perDay: number): string {
  return formatNumber(perDay, perDay >= 10 || Number.isInteger(perDay) ? 0 : 1);
}

/** How much a rule would have said, in sentences. */
export function noiseWords(report: NoiseReport): readonly string[] {
  const { sessions, perDay, busiest, quietDays, repeats, clusters, inClusters } = report;
  const over = `over the last ${formatCount(sessions)} session${sessions === 1 ? '' : 's'}`;
  const fired = report.days.reduce((sum, { count }) => sum + count, 0);
  if (fired === 0 && perDay === 0) return [`It would not have fired once ${over}.`];
  return [
    `It would have fired ${rateText(perDay)} time${rateText(perDay) === '1' ? '' : 's'} a day ${over}, ${formatCount(fired)} in all.`,
    repeats === 0
      ? 'No symbol would have been told twice within half an hour.'
      : `${formatCount(repeats)} of them repeat${repeats === 1 ? 's' : ''} the same symbol and side within half an hour.`,
    ...(clusters === 0
      ? []
      : [
          `On ${formatCount(clusters)} bar${clusters === 1 ? '' : 's'} five symbols or more fired together, ${formatCount(inClusters)} signals in all.`,
        ]),
    ...(busiest === null || busiest.count === 0
      ? []
      : [`The busiest day was ${dateWords(busiest.date)}, with ${formatCount(busiest.count)}.`]),
    ...(quietDays === 0 ? [] : [`On ${formatCount(quietDays)} day${quietDays === 1 ? '' : 's'} it kept quiet.`]),
  ];
}

/** What is to be said where fewer sessions are stored than were asked for; undefined where enough are. */
export function historyWords(sessions: number, asked: number): string | undefined {
  if (sessions >= asked) return undefined;
  if (sessions === 0)
    return 'No session is stored for these symbols yet, so nobody can say how often it would fire. History comes with a broker’s login, or by itself as days go by.';
  return `Only ${formatCount(sessions)} of ${formatCount(asked)} sessions are stored, so this is a guess.`;
}

/** `none`, `15 min`, `2 h`, `once a day`. */
export function cooldownWords(minutes: number): string {
  if (minutes === 0) return 'none';
  if (minutes >= DAY_MINUTES) return 'once a day';
  return minutes % HOUR === 0 ? `${minutes / HOUR} h` : `${minutes} min`;
}
