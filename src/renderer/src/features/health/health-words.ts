import type { BrokerState, EngineStats } from '../../../../contract/events.ts';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { formatDateTime, formatSpan } from '../../format/time.ts';

type Row = readonly [name: string, value: string];

/** The running feed in numbers. `now` is the time here, as the last tick's is: epoch ms. */
export function feedRows(stats: EngineStats, now: number): readonly Row[] {
  const { messagesPerSecond, ticksPerSecond, lastTickAt, latencyP95Ms, late, outsideSession, reconnects } = stats;
  return [
    ['Messages', `${formatCount(messagesPerSecond)} /s`],
    ['Ticks', `${formatCount(ticksPerSecond)} /s`],
    ['Last tick', lastTickAt === undefined ? 'none yet' : `${formatSpan(now - lastTickAt)} ago`],
    ['Tick to screen, p95', latencyP95Ms === undefined ? '–' : `${formatCount(Math.round(latencyP95Ms))} ms`],
    ['Reconnects', formatCount(reconnects)],
    ['Late for their bar', formatCount(late)],
    ['Outside trading hours', formatCount(outsideSession)],
    ['Database', formatBytes(stats.databaseBytes)],
  ];
}

/** What the store had to do to its bars, and what each of it means. */
export function barRows(stats: EngineStats): readonly (readonly [name: string, value: string, means: string])[] {
  const { inferred, revised, volumeResets, badBars } = stats;
  return [
    ['Inferred prints', formatCount(inferred), 'Seen only because the day’s high or low moved.'],
    ['Revised bars', formatCount(revised), 'Changed after they had closed: history or a late tick knew better.'],
    ['Volume resets', formatCount(volumeResets), 'The day’s volume fell: the venue counts anew.'],
    [
      'Differing bars',
      formatCount(stats.differing),
      'The venue, or the second one, tells another price of the same minute.',
    ],
    ['Refused bars', formatCount(badBars), 'Cannot be: high below low, outside trading, told twice.'],
  ];
}

/** Refused messages by reason, the most frequent first. */
export function rejectRows({ rejects }: Pick<EngineStats, 'rejects'>): readonly Row[] {
  return Object.entries(rejects)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => [inWords(reason), formatCount(count)]);
}

/** What a broker was given to log in with; which of it is needed is the broker's to say. Undefined where nothing can be. */
export function credentialWords({ manifest, fieldsSet, savedAt }: BrokerState): string | undefined {
  const fields = manifest.credentialFields;
  if (fields.length === 0) return undefined;
  const known = fields.filter(({ name }) => fieldsSet.includes(name)).map(({ label }) => label);
  if (known.length === 0) return 'nothing set';
  return savedAt == null ? `${known.join(', ')} set` : `${known.join(', ')} set ${formatDateTime(savedAt)}`;
}

/** `bad-price` as `bad price`. */
function inWords(reason: string): string {
  return reason.replaceAll('-', ' ');
}
