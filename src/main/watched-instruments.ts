import type { BrokerManifest } from '../contract/manifest.ts';
import type { FeedSettings } from '../contract/settings.ts';
import type { InstrumentKey } from '../core/brand.ts';
import { type Instrument, symbolOf } from '../core/instrument.ts';
import { segmentOf } from '../core/segment-of.ts';

/**
 * What is watched at a broker: the person's list, or else its first preset, or the NIFTY 50 where it has none. Of an
 * instrument nobody knows only the name is said, and the rest guessed: the broker knows better once it is open.
 */
export function watchedInstruments(
  manifest: Pick<BrokerManifest, 'id' | 'presets'>,
  feed: Pick<FeedSettings, 'lists'>,
  universe: readonly Instrument[],
): readonly Instrument[] {
  const { presets = [] } = manifest;
  const usual = presets[0]?.instruments ?? universe;
  const wanted = feed.lists[manifest.id]?.instruments;
  if (wanted === undefined || wanted.length === 0) return usual;
  const known = [...presets.flatMap(({ instruments }) => instruments), ...universe];
  // The schema checked their shape.
  const keys = [...new Set(wanted)] as InstrumentKey[];
  return keys.map((key) => known.find((each) => each.key === key) ?? guessed(key, universe));
}

function guessed(key: InstrumentKey, universe: readonly Instrument[]): Instrument {
  const segment = segmentOf(key, universe);
  return { key, name: symbolOf(key), segment, sector: undefined, tickSize: 0.01, priceDecimals: 2, lotSize: 1 };
}
