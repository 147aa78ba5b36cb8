import type { BrokerManifest } from '../../contract/manifest.ts';
import { optionFault } from '../../contract/option-values.ts';
import type { Settings } from '../../contract/settings.ts';
import { AppError } from '../../core/errors.ts';

/**
 * Refuses a change to feeds that cannot be, with a sentence that says what can: an unknown feed, a mode it has not
 * got, a second venue that cannot stand in, an option out of its bounds. What was so before is not complained of.
 */
export function checkFeed(next: Settings, before: Settings, manifests: readonly BrokerManifest[]): void {
  const { source, mode, standby, options } = next.feed;
  const manifest = manifests.find(({ id }) => id === source);
  const isNewSource = source !== before.feed.source;
  if (isNewSource && manifest === undefined) throw unknown(source, manifests);
  if (mode !== before.feed.mode && mode === 'polling' && manifest?.can.quotes === false)
    throw new AppError(
      'not-supported',
      `${manifest.label} can only stream: there is nobody to poll. Choose Streaming, or another feed.`,
    );
  if (standby !== null && standby !== before.feed.standby) checkStandby(standby, source, manifests);
  for (const [id, given] of Object.entries(options)) {
    const known = before.feed.options[id] ?? {};
    const changed = Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== known[name]));
    if (Object.keys(changed).length === 0) continue;
    const owner = manifests.find((each) => each.id === id);
    if (owner === undefined) throw unknown(id, manifests);
    const fault = optionFault(owner, changed);
    if (fault !== undefined) throw new AppError('invalid-input', fault);
  }
}

function checkStandby(id: string, source: string, manifests: readonly BrokerManifest[]): void {
  const standby = manifests.find((each) => each.id === id);
  if (standby === undefined) throw unknown(id, manifests);
  if (standby.world !== 'market' || !standby.can.stream)
    throw new AppError('invalid-input', `${standby.label} tells no real prices, so it cannot stand in for a venue.`);
  if (id === source)
    throw new AppError('invalid-input', `${standby.label} cannot stand in for itself. Choose another second venue.`);
}

function unknown(id: string, manifests: readonly BrokerManifest[]): AppError {
  const known = manifests.map((each) => each.id).join(', ');
  return new AppError('invalid-input', `There is no feed named ${id}. Choose one of: ${known}.`);
}

/** What decides which world runs: a change of it opens another. */
export function worldOf({ feed }: Settings): string {
  const { source, simulator, replay, standby, lists, options } = feed;
  return JSON.stringify([
    source,
    source === 'simulator' && simulator.seed,
    source === 'replay' && replay.files,
    lists[source]?.instruments,
    options[source],
    standby,
    standby !== null && options[standby],
  ]);
}
