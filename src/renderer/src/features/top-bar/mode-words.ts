import type { FeedState } from '../../../../contract/events.ts';
import type { BrokerManifest } from '../../../../contract/manifest.ts';
import type { Mode, RunningMode } from '../../../../contract/settings.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import { formatDate, formatMinute, formatWeekdayTime } from '../../format/time.ts';

export const MODE_NAMES: Readonly<Record<Mode, string>> = { streaming: 'Streaming', polling: 'Polling', auto: 'Auto' };

/** Why a venue cannot do a mode, as a sentence; undefined where it can, or where nobody knows the venue. */
export function modeProblem(
  mode: Mode,
  manifest: Pick<BrokerManifest, 'label' | 'can'> | undefined,
): string | undefined {
  if (manifest === undefined) return undefined;
  const { label, can } = manifest;
  if (mode === 'streaming' && !can.stream) return `${label} has no live stream: its prices are polled.`;
  if (mode === 'polling' && !can.quotes) return `${label} answers no single questions: its prices only stream.`;
  if (mode === 'auto' && !(can.stream && can.quotes))
    return `Auto goes between streaming and polling, and ${label} has only one of them.`;
  return undefined;
}

/** What runs in Auto, and until when: `polling until 14:00`, `polling held until 14:00`. */
export function autoWords({ mode, nextMode, isHeld }: FeedState, now: EpochMs): string {
  const held = isHeld ? ' held' : '';
  return nextMode === undefined ? `${mode}${held}` : `${mode}${held} until ${moment(nextMode.at, now)}`;
}

/** The same beside the switch, where a line below a name says which one is held: `held until 14:00`. */
export function shortAutoWords(feed: FeedState, now: EpochMs): string {
  const words = autoWords(feed, now);
  return feed.isHeld ? words.replace(`${feed.mode} `, '') : words;
}

/** What a click on a running mode does while Auto is chosen. Null goes back to the schedule; undefined changes nothing. */
export function holdOf(clicked: RunningMode, feed: Pick<FeedState, 'mode' | 'isHeld'>): RunningMode | null | undefined {
  if (clicked !== feed.mode) return clicked;
  return feed.isHeld ? null : undefined;
}

/** What a click in Auto has brought about, as a sentence. */
export function holdSentence(feed: FeedState, now: EpochMs): string {
  const { mode, nextMode, isHeld } = feed;
  const until = nextMode === undefined ? '' : ` until ${moment(nextMode.at, now)}`;
  if (!isHeld) return `${MODE_NAMES[mode]} runs by the schedule${until}.`;
  return `${MODE_NAMES[mode]} is held${until}; then the schedule goes on.`;
}

function moment(at: EpochMs, now: EpochMs): string {
  if (formatDate(at) === formatDate(now)) return formatMinute(at);
  return formatWeekdayTime(at);
}
